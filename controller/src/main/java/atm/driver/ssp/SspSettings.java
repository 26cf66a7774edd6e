package atm.driver.ssp;

import atm.config.DeviceEntry;
import atm.device.DeviceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What an entry of `devices.yaml` may say of a unit beyond its wire.
///
/// @param address on the line; a validator is 0
/// @param fixedKey the half of the key that is not negotiated
/// @param route where notes that come in go
record SspSettings(int address, long fixedKey, Route route) {
  enum Route {
    CASHBOX,
    /// The payout's; for a unit that nobody pays from, because the books would not know.
    STORE
  }

  private static final String ADDRESS = "address";
  private static final String FIXED_KEY = "fixed-key";
  private static final String ROUTE = "route";

  static SspSettings of(DeviceEntry entry) {
    Map<String, String> settings = entry.settings();
    return new SspSettings(
        Integer.parseInt(settings.getOrDefault(ADDRESS, "0")),
        settings.containsKey(FIXED_KEY)
            ? Long.parseUnsignedLong(settings.get(FIXED_KEY), 16)
            : EsspCipher.DEFAULT_FIXED_KEY,
        Route.valueOf(settings.getOrDefault(ROUTE, "cashbox").toUpperCase(Locale.ROOT)));
  }

  static List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    List<String> known =
        kind == DeviceKind.CASH_ACCEPTOR
            ? List.of(ADDRESS, FIXED_KEY, ROUTE)
            : List.of(ADDRESS, FIXED_KEY);
    Set<String> unknown = new TreeSet<>(entry.settings().keySet());
    known.forEach(unknown::remove);
    unknown.forEach(
        name ->
            mistakes.add(
                "settings does not know " + name + "; it knows " + String.join(", ", known)));
    String route = entry.settings().getOrDefault(ROUTE, "cashbox");
    if (!route.matches("cashbox|store")) {
      mistakes.add("settings.route is wrong: \"" + route + "\", wanted cashbox or store");
    }
    String address = entry.settings().getOrDefault(ADDRESS, "0");
    if (!address.matches("\\d{1,3}") || Integer.parseInt(address) > SspPacket.ADDRESS_MAX) {
      mistakes.add("settings.address is wrong: \"" + address + "\", wanted 0 to 125");
    }
    // The value is a secret where it is not the maker's own: it is not repeated.
    if (!entry.settings().getOrDefault(FIXED_KEY, "0").matches("[0-9A-Fa-f]{1,16}")) {
      mistakes.add("settings.fixed-key is wrong, wanted up to 16 hexadecimal digits");
    }
    return mistakes;
  }

  @Override
  public String toString() {
    return "address " + address;
  }
}
