package atm.driver;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.DeviceStatus.State;
import atm.device.Fault;
import atm.device.TestTokens;
import atm.value.Mix;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.When;

/// Every code of a dispenser's error table, played: in the reply to a dispense, where what the
/// driver says must be what is in the customer's hands, and in the status. One machine for all:
/// after each code it serves again.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PlayedDispenserErrors {
  private static final Mix MIX = new Mix(Map.of("C1", 2, "C2", 2));

  private PlayedMachine machine;
  private CashDispenser dispenser;

  protected abstract String driver();

  protected Map<String, String> settings() {
    return Map.of();
  }

  /// Of the sheet.
  protected abstract Stream<Integer> codes();

  /// That a unit with this in its status serves.
  protected abstract boolean servesWith(int code);

  @BeforeAll
  void start(@TempDir Path folder) {
    machine =
        new PlayedMachine(
            folder,
            DeviceKind.CASH_DISPENSER,
            driver(),
            URI.create("tcp://localhost:0"),
            List.of("C1 10 EUR 1000", "C2 20 EUR 2000"),
            settings());
    dispenser = (CashDispenser) machine.device();
  }

  @AfterAll
  void stop() {
    machine.close();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void inADispenseItIsToldAndNoMoreIsPromisedThanTheCustomerHas(int code) {
    int before = notesOut();
    order(code, When.atNote(3));

    DispenseOutcome outcome = dispense();

    int out = notesOut() - before;
    switch (outcome) {
      case DispenseOutcome.Short(var presented, _, Fault why) -> {
        assertThat(presented.notes()).isEqualTo(out);
        assertThat(why.detail()).contains(named(code));
      }
      case DispenseOutcome.Unknown(Fault why) -> assertThat(why.detail()).contains(named(code));
      default ->
          throw new AssertionError("%s with %d notes out: %s".formatted(named(code), out, outcome));
    }
    servesAgain();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void inTheStatusItStopsWhatItMustAndIsOverWhenItsCauseIs(int code) {
    int before = notesOut();
    order(code, When.NOW);
    await(dispenser.cashUnits());

    DeviceStatus status = dispenser.status();
    if (servesWith(code)) {
      assertThat(status.state()).as(named(code)).isEqualTo(State.ONLINE);
    } else {
      assertThat(status.state()).as(named(code)).isEqualTo(State.FAULT);
      assertThat(status.detail()).contains(named(code));
      assertThat(dispense()).isInstanceOf(DispenseOutcome.Refused.class);
      assertThat(notesOut()).isEqualTo(before);
    }
    machine.hand(() -> machine.dispenser().clearFault(kind(code)));
    servesAgain();
  }

  private void servesAgain() {
    await(dispenser.reset());
    awaitState(dispenser, State.ONLINE);
    assertThat(dispense()).isInstanceOf(DispenseOutcome.Stacked.class);
  }

  private DispenseOutcome dispense() {
    String nonce = await(dispenser.commandNonce()).orElseThrow();
    return await(dispenser.dispense(MIX, TestTokens.token(nonce, "60.00EUR")));
  }

  private void order(int code, When when) {
    machine.hand(() -> machine.dispenser().fault(kind(code), when));
  }

  private int notesOut() {
    return machine.look(() -> machine.dispenser().tray().size());
  }

  private static String kind(int code) {
    return SimCashDispenser.REPORTED + "%02X".formatted(code);
  }

  private static String named(int code) {
    return "error %02X".formatted(code);
  }
}
