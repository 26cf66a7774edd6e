package atm.driver.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.DeviceKind;
import atm.value.Money;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the driver says of an entry before anything moves.
class SspDriverTest {
  private static final URI AT = URI.create("serial:/dev/ttyUSB0");

  private final SspDriver driver = new SspDriver();

  @Test
  void anAcceptorWithOneBoxIsFine() {
    assertThat(mistakes(Map.of("route", "store", "address", "0"), "D1")).isEmpty();
  }

  @Test
  void itHasOneBox() {
    assertThat(mistakes(Map.of(), "D1", "D2")).containsExactly("bins: 2, but the unit has one box");
  }

  @Test
  void whatIsNotKnownIsNamed() {
    assertThat(mistakes(Map.of("rout", "store"), "D1"))
        .containsExactly("settings does not know rout; it knows address, fixed-key, route");
    assertThat(mistakes(Map.of("route", "recycler"), "D1"))
        .containsExactly("settings.route is wrong: \"recycler\", wanted cashbox or store");
  }

  @Test
  void aDispenserHasNoRoute() {
    DeviceEntry entry =
        new DeviceEntry(
            "cash-dispenser",
            "ssp",
            AT,
            List.of(new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 10)),
            Map.of("route", "store"),
            1);

    assertThat(driver.mistakes(DeviceKind.CASH_DISPENSER, entry))
        .containsExactly("settings does not know route; it knows address, fixed-key");
  }

  private List<String> mistakes(Map<String, String> settings, String... bins) {
    DeviceEntry entry =
        new DeviceEntry(
            "cash-acceptor",
            "ssp",
            AT,
            List.of(),
            List.of(Money.parse("10 EUR")),
            List.of(bins).stream().map(id -> new DeviceEntry.Bin(id, 10)).toList(),
            settings,
            1);
    return driver.mistakes(DeviceKind.CASH_ACCEPTOR, entry);
  }
}
