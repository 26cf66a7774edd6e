package atm.driver.escpos;

import atm.config.DeviceEntry;
import atm.link.ByteAddress;
import atm.link.LineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What an entry of `devices.yaml` may say of a printer beyond its wire.
///
/// @param columns characters a line, which depends on paper and font
/// @param answers whether the printer has status at all
record PrinterSettings(int columns, boolean answers) {
  private static final int COLUMNS = 40;

  static PrinterSettings of(DeviceEntry entry) {
    return new PrinterSettings(
        Integer.parseInt(entry.settings().getOrDefault("columns", "" + COLUMNS)),
        entry.settings().getOrDefault("status", "epson").equals("epson"));
  }

  /// @param known the names of settings the driver has
  static List<String> mistakes(DeviceEntry entry, LineSettings usual, Set<String> known) {
    List<String> mistakes = new ArrayList<>();
    try {
      ByteAddress.of(entry.at(), usual);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    Set<String> unknown = new TreeSet<>(entry.settings().keySet());
    unknown.removeAll(known);
    unknown.forEach(name -> mistakes.add("settings does not know " + name + "; it knows " + known));
    String columns = entry.settings().getOrDefault("columns", "" + COLUMNS);
    if (!columns.matches("[2-9]\\d")) {
      mistakes.add("settings.columns is wrong: \"" + columns + "\", wanted 20 to 99");
    }
    if (!entry.settings().getOrDefault("status", "epson").matches("epson|none")) {
      mistakes.add("settings.status is wrong, wanted epson or none");
    }
    return mistakes;
  }
}
