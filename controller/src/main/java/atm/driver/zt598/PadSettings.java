package atm.driver.zt598;

import atm.config.DeviceEntry;
import atm.link.ByteAddress;
import atm.link.LineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an entry of `devices.yaml` may say of a pad beyond its wire: what the sheet leaves open,
/// and what is up to who loaded its keys and built it in.
///
/// @param masterSlot where the master key is
/// @param pinSlot where the PIN key goes
/// @param startPin what follows the command that starts a PIN entry of a ZT598
/// @param functionKeys which the keys 41 to 48 are
record PadSettings(
    PadModel model, String masterSlot, String pinSlot, String startPin, String functionKeys) {
  /// From the factory. One source of the sheet has RTS and CTS: `?flow=hardware`.
  static final LineSettings LINE = LineSettings.plain(9600);

  private record Setting(String usual, String pattern, String wanted) {}

  private static final Map<String, Setting> KNOWN =
      new TreeMap<>(
          Map.of(
              "model", new Setting("zt598", "zt588|zt598", "zt588 or zt598"),
              "master-slot", new Setting("20", "[0-9A-F]{2}", "two hex digits"),
              "pin-slot", new Setting("30", "[0-9A-F]{2}", "two hex digits"),
              "start-pin", new Setting("00011", "\\d{1,9}", "digits"),
              "function-keys",
                  new Setting(
                      PadKeys.FUNCTION_KEYS,
                      "(?!.*(.).*\\1)[A-DF-I]{8}",
                      "the letters of " + PadKeys.FUNCTION_KEYS + ", each once")));

  static PadSettings of(DeviceEntry entry) {
    return new PadSettings(
        value(entry, "model").equals("zt588") ? PadModel.ZT588 : PadModel.ZT598,
        value(entry, "master-slot"),
        value(entry, "pin-slot"),
        value(entry, "start-pin"),
        value(entry, "function-keys"));
  }

  static List<String> mistakes(DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    try {
      ByteAddress.of(entry.at(), LINE);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    new TreeMap<>(entry.settings())
        .forEach(
            (name, value) -> {
              Setting known = KNOWN.get(name);
              if (known == null) {
                mistakes.add("settings does not know " + name + "; it knows " + KNOWN.keySet());
              } else if (!value.matches(known.pattern)) {
                mistakes.add(
                    "settings.%s is wrong: \"%s\", wanted %s".formatted(name, value, known.wanted));
              }
            });
    return mistakes;
  }

  private static String value(DeviceEntry entry, String name) {
    return entry.settings().getOrDefault(name, KNOWN.get(name).usual);
  }
}
