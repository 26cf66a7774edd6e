package atm.link;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which GPIO pins the rows and columns of a keypad are at:
/// `gpio:/dev/gpiochip0?rows=5,6,13,19&columns=12,16,20,21&pull=up`, by the chip's own numbers,
/// rows from the top, columns from the left.
///
/// @param pullUp whether the chip pulls the rows up; else resistors on the board do
public record LineAddress(String chip, List<Integer> rows, List<Integer> columns, boolean pullUp) {
  /// No keypad has more, and all its keys are bits of a long.
  private static final int LINES_MAX = 8;

  public LineAddress {
    rows = checked("rows", rows);
    columns = checked("columns", columns);
    Set<Integer> all = new HashSet<>(rows);
    for (int pin : columns) {
      if (!all.add(pin)) throw new IllegalArgumentException("pin " + pin + " is row and column");
    }
  }

  private static List<Integer> checked(String what, List<Integer> pins) {
    if (pins.isEmpty() || pins.size() > LINES_MAX) {
      throw new IllegalArgumentException(
          pins.size() + " " + what + ", wanted 1 to " + LINES_MAX + " pins");
    }
    if (new HashSet<>(pins).size() < pins.size()) {
      throw new IllegalArgumentException(what + " name a pin twice: " + pins);
    }
    return List.copyOf(pins);
  }

  /// Reads the `at` of a keypad; throws with a sentence, for the file's reader, when it leads
  /// nowhere.
  public static LineAddress of(URI at) {
    String[] parts = at.getSchemeSpecificPart().split("\\?", 2);
    try {
      if (!"gpio".equals(at.getScheme()) || parts.length < 2 || !parts[0].matches("/dev/[^/]+")) {
        throw new IllegalArgumentException(
            "wanted like gpio:/dev/gpiochip0?rows=5,6,13,19&columns=12,16,20,21");
      }
      return read(parts[0], parts[1]);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("at: " + at + ": " + wrong.getMessage(), wrong);
    }
  }

  private static LineAddress read(String chip, String query) {
    List<Integer> rows = List.of();
    List<Integer> columns = List.of();
    boolean pullUp = true;
    for (String setting : query.split("&")) {
      String[] parts = setting.split("=", 2);
      String value = parts.length == 1 ? "" : parts[1];
      switch (parts[0]) {
        case "rows" -> rows = pins(parts[0], value);
        case "columns" -> columns = pins(parts[0], value);
        case "pull" -> pullUp = isUp(value);
        default ->
            throw new IllegalArgumentException(
                "\"" + parts[0] + "\" sets nothing; wanted rows, columns or pull");
      }
    }
    return new LineAddress(chip, rows, columns, pullUp);
  }

  private static boolean isUp(String value) {
    if (value.equals("up")) return true;
    if (value.equals("off")) return false;
    throw new IllegalArgumentException("pull is \"" + value + "\", wanted up or off");
  }

  private static List<Integer> pins(String what, String value) {
    List<Integer> pins = new ArrayList<>();
    for (String pin : value.split(",")) {
      if (!pin.matches("\\d{1,3}")) {
        throw new IllegalArgumentException(
            what + " has \"" + pin + "\", wanted the number of a pin");
      }
      pins.add(Integer.parseInt(pin));
    }
    return pins;
  }

  @Override
  public String toString() {
    return "gpio:" + chip;
  }
}
