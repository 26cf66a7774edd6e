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
import atm.link.HeldTime;
import atm.link.LineSettings;
import atm.link.ScriptedLink;
import atm.link.WireRecording;
import atm.link.WireTrace;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(recordedAndReplayed("jam", When.atNote(3)))
        .isInstanceOf(DispenseOutcome.Short.class);
  }

  @Test
  void aRecordedLossOfTheWireInMidDispenseIsToldTheSameWayAgain() throws Exception {
    assertThat(recordedAndReplayed("reply-lost", When.ONCE))
        .isInstanceOf(DispenseOutcome.Unknown.class);
  }

  private DispenseOutcome recordedAndReplayed(String fault, When when) throws Exception {
    Path file = folder.resolve("wires%.trace");
    PlayedMachine machine =
        new PlayedMachine(
            folder,
            DeviceKind.CASH_DISPENSER,
            "puloon-lcdm",
            URI.create("tcp://localhost:0"),
            List.of("C1 10 EUR 100", "C2 20 EUR 100"));
    await(machine.device().close());
    Vertx vertx = Vertx.vertx();
    DispenseOutcome then;
    try (WireRecording _ = WireRecording.to(file)) {
      ByteAddress address = ByteAddress.of(machine.at(), LineSettings.plain(9600));
      WireTrace trace = new WireTrace("cash-dispenser");
      CashDispenser driver = driver(vertx, ByteConnector.to(address, vertx, trace));
      online(driver);
      machine.hand(() -> machine.dispenser().fault(fault, when));
      then = dispense(driver);
      Awaiting.awaitState(driver, DeviceStatus.State.ONLINE, DeviceStatus.State.FAULT);
      await(driver.close());
    }
    machine.close();
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

    List<ScriptedLink> recorded =
        ScriptedLink.replaying(Files.readAllLines(file), "cash-dispenser");
    CashDispenser driver = driver(vertx, ScriptedLink.connector(recorded));
    online(driver);
    DispenseOutcome now = dispense(driver);
    await(driver.close());
    await(vertx.close());
    assertThat(recorded.getFirst().complaints()).isEmpty();
    assertThat(recorded.getFirst().left()).isEmpty();
    assertThat(now.getClass()).isEqualTo(then.getClass());
    if (then instanceof DispenseOutcome.Short) assertThat(now).isEqualTo(then);
    return now;
  }

  private static void online(CashDispenser dispenser) {
    dispenser.open();
    Awaiting.awaitState(dispenser, DeviceStatus.State.ONLINE);
  }

  /// With time held, nothing is asked but what the test asks for.
  private static DispenseOutcome dispense(CashDispenser dispenser) {
    String nonce = await(dispenser.commandNonce()).orElseThrow();
    Mix mix = new Mix(Map.of("C1", 2, "C2", 2));
    return await(dispenser.dispense(mix, TestTokens.token(nonce, "60.00EUR")));
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
            Map.of("reply-56", "by-cassette"),
            1);
    LcdmDispenser dispenser =
        LcdmDriver.create(entry, vertx, connector, new HeldTime(), Backoff.usual());
    dispenser.trust(TestTokens.hostKey());
    return dispenser;
  }
}
