package atm.driver.lcdm;

import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.driver.PlayedMachine;
import atm.value.Money;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the driver finds wrong with an entry, and which model it finds at the wire.
class LcdmDriverTest {
  @TempDir Path folder;

  private static List<String> mistakes(String at, int cassettes, Map<String, String> settings) {
    List<DeviceEntry.Cassette> all =
        List.of("C1", "C2", "C3").subList(0, cassettes).stream()
            .map(id -> new DeviceEntry.Cassette(id, Money.parse("10 EUR"), 100))
            .toList();
    return new LcdmDriver()
        .mistakes(
            DeviceKind.CASH_DISPENSER,
            new DeviceEntry("cash-dispenser", "puloon-lcdm", URI.create(at), all, settings, 1));
  }

  @Test
  void aGoodEntryHasNone() {
    assertThat(mistakes("serial:/dev/ttyUSB0?baud=38400&parity=even", 2, Map.of())).isEmpty();
    assertThat(mistakes("rfc2217://hub:4001?baud=19200", 1, Map.of("reply-56", "by-sensor")))
        .isEmpty();
    assertThat(mistakes("pty:lcdm", 2, Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ws://localhost:1/x, no wire of bytes",
    "tcp://localhost, wanted like tcp://host:7103",
    "serial:/dev/ttyS0?baud=fast, wanted a number",
    "serial:/dev/ttyS0?parity=strange, wanted one of",
    "serial:/dev/ttyS0?colour=red, sets nothing",
    "serial:/dev/ttyS0?baud=9, wanted 50 to 4000000",
  })
  void aWrongAddressIsSaidSo(String at, String why) {
    assertThat(mistakes(at, 1, Map.of())).singleElement().asString().contains(at, why);
  }

  @Test
  void threeCassettesAndUnknownSettingsAreSaidSo() {
    assertThat(mistakes("pty:x", 3, Map.of()).toString()).contains("has 3 cassettes");
    assertThat(mistakes("pty:x", 1, Map.of("speed", "fast")).toString()).contains("speed");
    assertThat(mistakes("pty:x", 1, Map.of("reply-56", "any")).toString()).contains("by-cassette");
  }

  @Test
  void anLcdm1000IsFoundByItsVersion() {
    try (PlayedMachine machine = machine(List.of("C1 10 EUR 100"))) {
      assertThat(machine.device().status().canServe()).isTrue();
    }
  }

  @Test
  void anLcdm1000InThePlaceOfA2000IsNotTaken() {
    try (PlayedMachine machine = machine(List.of("C1 10 EUR 100"))) {
      DeviceEntry two =
          new DeviceEntry(
              "cash-dispenser",
              "puloon-lcdm",
              machine.at(),
              List.of(
                  new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 100),
                  new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 100)),
              1);
      Awaiting.await(machine.device().close());
      var vertx = io.vertx.core.Vertx.vertx();
      var device = new LcdmDriver().create(DeviceKind.CASH_DISPENSER, two, vertx);
      device.open();

      DeviceStatus status =
          Awaiting.awaitStatus(device, now -> now.detail().contains("ROM version O30T"));

      assertThat(status.canServe()).isFalse();
      assertThat(status.detail()).contains("wanted one of an LCDM-2000");
      Awaiting.await(device.close());
      Awaiting.await(vertx.close());
    }
  }

  private PlayedMachine machine(List<String> cassettes) {
    return new PlayedMachine(
        folder,
        DeviceKind.CASH_DISPENSER,
        "puloon-lcdm",
        URI.create("tcp://localhost:0"),
        cassettes);
  }
}
