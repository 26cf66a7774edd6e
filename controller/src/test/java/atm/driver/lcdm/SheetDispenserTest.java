package atm.driver.lcdm;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Short;
import atm.device.CashDispenser.DispenseOutcome.Stacked;
import atm.device.CashDispenser.DispenseOutcome.Unknown;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.driver.ChecksOrders;
import atm.driver.lcdm.SheetDispenser.Habit;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The driver, over tcp, and a dispenser with every habit that the sheet allows.
class SheetDispenserTest {
  private static final Mix BOTH = new Mix(Map.of("C1", 2, "C2", 3));

  private final Vertx vertx = Vertx.vertx();
  private SheetDispenser unit;
  private CashDispenser driver;

  @AfterEach
  void stop() throws IOException {
    await(driver.close());
    unit.close();
    await(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEARLY_EMPTY")
  void itWorksAtOnceWhateverItsHabits(Habit habit) throws IOException {
    meets(habit == Habit.BY_SENSOR ? Map.of("reply-56", "by-sensor") : Map.of(), habit);
    boolean rejects = habit == Habit.REJECTS;

    assertThat(driver.identity()).isEqualTo("LCDM, ROM T30T");
    assertThat(dispense(BOTH, "80.00EUR"))
        .isEqualTo(new Stacked(counts(2, 3), rejects ? counts(1, 1) : Counts.NONE));
    assertThat(dispense(new Mix(Map.of("C1", 12)), "120.00EUR"))
        .isEqualTo(
            new Stacked(
                new Counts(Map.of("C1", 12)), rejects ? new Counts(Map.of("C1", 1)) : Counts.NONE));
    assertThat(dispense(new Mix(Map.of("C2", 1)), "20.00EUR")).isInstanceOf(Stacked.class);
    assertThat(unit.delivered()).isEqualTo(18);
    assertThat(unit.commands()).containsOnlyOnce(0x45, 0x55, 0x56);
  }

  /// 4, 4, 1, 1 are four and one; in the other order they would be one and one.
  @Test
  void inAnOrderThatNobodyHasStatedWhatStoppedShortIsNotGuessed() throws IOException {
    meets(Map.of(), Habit.NEARLY_EMPTY);

    assertThat(dispense(new Mix(Map.of("C1", 4, "C2", 3)), "100.00EUR"))
        .isInstanceOf(Unknown.class);
    assertThat(dispense(new Mix(Map.of("C1", 1)), "10.00EUR")).isInstanceOf(Stacked.class);
  }

  @Test
  void whatItCannotGiveIsToldByWhatCameOut() throws IOException {
    meets(Map.of("reply-56", "by-cassette"), Habit.NEARLY_EMPTY);

    DispenseOutcome outcome = dispense(BOTH, "80.00EUR");

    assertThat(((Short) outcome).presented()).isEqualTo(counts(2, 1));
    assertThat(((Short) outcome).why().detail()).contains("lower cassette empty");
    assertThat(unit.delivered()).isEqualTo(3);
    assertThat(dispense(new Mix(Map.of("C1", 1)), "10.00EUR")).isInstanceOf(Stacked.class);
  }

  private void meets(Map<String, String> settings, Habit habit) throws IOException {
    unit = new SheetDispenser(habit);
    DeviceEntry entry =
        new DeviceEntry(
            "cash-dispenser",
            "puloon-lcdm",
            URI.create("tcp://localhost:" + unit.port()),
            List.of(
                new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 500),
                new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 500)),
            settings,
            1);
    driver = (CashDispenser) new LcdmDriver().create(DeviceKind.CASH_DISPENSER, entry, vertx);
    ((ChecksOrders) driver).trust(TestTokens.hostKey());
    driver.open();
    awaitState(driver, DeviceStatus.State.ONLINE);
  }

  /// A line that was disturbed is begun anew first.
  private DispenseOutcome dispense(Mix mix, String amount) {
    awaitState(driver, DeviceStatus.State.ONLINE);
    String nonce = await(driver.commandNonce()).orElseThrow();
    return await(driver.dispense(mix, TestTokens.token(nonce, amount)));
  }

  private static Counts counts(int upper, int lower) {
    return new Counts(Map.of("C1", upper, "C2", lower));
  }
}
