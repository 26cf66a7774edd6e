package atm.bench;

import java.util.Locale;

/// One line of the table: what was measured, and how that stands to its floor of the same run.
///
/// @param floor what the machine itself can do at best; `-` where a budget is absolute
/// @param ratio what the budget speaks of, in words
public record Row(String what, String measured, String floor, String ratio, String budget) {
  /// For rates: the more the better.
  public static Row rate(String what, double rate, double floor, double wanted) {
    double ratio = rate / floor;
    return new Row(
        what,
        said("%,.0f /s", rate),
        said("%,.0f /s", floor),
        said("%.2f ×", ratio),
        wanted == 0 ? "–" : said("≥ %.2f ×: %s", wanted, verdict(ratio >= wanted)));
  }

  /// For what has a budget of its own: the less the better.
  public static Row limit(String what, double measured, String unit, double budget) {
    return new Row(
        what,
        said("%.1f %s", measured, unit),
        "–",
        "–",
        said("≤ %.0f %s: %s", budget, unit, verdict(measured <= budget)));
  }

  public static Row fact(String what, String measured) {
    return new Row(what, measured, "–", "–", "–");
  }

  static String verdict(boolean met) {
    return met ? "met" : "**missed**";
  }

  public static String said(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  @Override
  public String toString() {
    return "| " + String.join(" | ", what, measured, floor, ratio, budget) + " |";
  }
}
