package atm.driver.lcdm;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.driver.PlayedMachine;
import atm.link.Backoff;
import atm.link.ByteAddress;
import atm.link.ByteConnector;
import atm.link.ByteLink;
import atm.link.HeldTime;
import atm.link.LineSettings;
import atm.link.ScriptedLink;
import atm.link.WireRecording;
import atm.link.WireTrace;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.When;

/// What was recorded at one machine is played again without it.
class ReplayTest {
  @TempDir Path folder;

  @Test
  void aRecordedJamIsToldTheSameWayAgain() throws Exception {
    Path file = folder.resolve("wires%.trace");
    PlayedMachine machine =
        new PlayedMachine(
            folder,
            DeviceKind.CASH_DISPENSER,
            "puloon-lcdm",
            URI.create("tcp://localhost:0"),
            List.of("C1 10 EUR 100", "C2 20 EUR 100"));
    await(machine.device().close());
    machine.hand(() -> machine.dispenser().fault("jam", When.atNote(3)));
    Vertx vertx = Vertx.vertx();
    DispenseOutcome then;
    try (WireRecording _ = WireRecording.to(file)) {
      ByteAddress address = ByteAddress.of(machine.at(), LineSettings.plain(9600));
      WireTrace trace = new WireTrace("cash-dispenser");
      CashDispenser driver = driver(vertx, ByteConnector.to(address, vertx, trace));
      then = dispense(driver);
      await(driver.close());
    }
    machine.close();
    assertThat(then).isInstanceOf(DispenseOutcome.Short.class);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

    ScriptedLink recorded = ScriptedLink.replaying(Files.readAllLines(file), "cash-dispenser");
    CashDispenser driver = driver(vertx, only(recorded));
    assertThat(dispense(driver)).isEqualTo(then);
    assertThat(recorded.complaints()).isEmpty();
    assertThat(recorded.left()).isEmpty();
    await(driver.close());
    await(vertx.close());
  }

  /// With time held, nothing is asked but what the test asks for.
  private static DispenseOutcome dispense(CashDispenser dispenser) {
    dispenser.open();
    Awaiting.awaitState(dispenser, DeviceStatus.State.ONLINE);
    String nonce = await(dispenser.commandNonce()).orElseThrow();
    Mix mix = new Mix(Map.of("C1", 2, "C2", 2));
    return await(dispenser.dispense(mix, TestTokens.token(nonce, "60.00EUR")));
  }

  private static ByteConnector only(ByteLink link) {
    return new ByteConnector() {
      @Override
      public Future<ByteLink> open(Duration within) {
        return Future.succeededFuture(link);
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  private static CashDispenser driver(Vertx vertx, ByteConnector connector) {
    DeviceEntry entry =
        new DeviceEntry(
            "cash-dispenser",
            "puloon-lcdm",
            URI.create("tcp://recorded:1"),
            List.of(
                new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 100),
                new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 100)),
            1);
    LcdmDispenser dispenser =
        LcdmDriver.create(entry, vertx, connector, new HeldTime(), Backoff.usual());
    dispenser.trust(TestTokens.hostKey());
    return dispenser;
  }
}
