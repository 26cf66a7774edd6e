package atm.driver.ssp;

import atm.config.DeviceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What an entry of `devices.yaml` may say of a unit beyond its wire.
///
/// @param address on the line; a validator is 0
/// @param fixedKey the half of the key that is not negotiated
record SspSettings(int address, long fixedKey) {
  private static final String ADDRESS = "address";
  private static final String FIXED_KEY = "fixed-key";

  static SspSettings of(DeviceEntry entry) {
    Map<String, String> settings = entry.settings();
    return new SspSettings(
        Integer.parseInt(settings.getOrDefault(ADDRESS, "0")),
        settings.containsKey(FIXED_KEY)
            ? Long.parseUnsignedLong(settings.get(FIXED_KEY), 16)
            : EsspCipher.DEFAULT_FIXED_KEY);
  }

  static List<String> mistakes(DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    Set<String> unknown = new TreeSet<>(entry.settings().keySet());
    unknown.removeAll(Set.of(ADDRESS, FIXED_KEY));
    unknown.forEach(
        name -> mistakes.add("settings does not know " + name + "; it knows address, fixed-key"));
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
