package sim.mechanics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a fault strikes, in the words of the back door: `now`, `once`, `always`, `at-note:3`,
/// `after-ms:500`.
public record When(Moment moment, int n) {
  public enum Moment {
    NOW,
    ONCE,
    ALWAYS,
    AT_NOTE,
    AFTER_MS
  }

  public static final When NOW = new When(Moment.NOW, 0);
  public static final When ONCE = new When(Moment.ONCE, 0);
  public static final When ALWAYS = new When(Moment.ALWAYS, 0);

  private static final Pattern COUNTED = Pattern.compile("(at-note|after-ms):(\\d{1,6})");

  public static When atNote(int n) {
    return new When(Moment.AT_NOTE, n);
  }

  public static When parse(String word) {
    Matcher counted = COUNTED.matcher(word);
    return switch (word) {
      case "now" -> NOW;
      case "once" -> ONCE;
      case "always" -> ALWAYS;
      case String _ when counted.matches() && Integer.parseInt(counted.group(2)) > 0 ->
          new When(
              counted.group(1).equals("at-note") ? Moment.AT_NOTE : Moment.AFTER_MS,
              Integer.parseInt(counted.group(2)));
      default ->
          throw new IllegalArgumentException(
              "when '" + word + "', wanted now, once, always, at-note:N or after-ms:N");
    };
  }

  @Override
  public String toString() {
    return switch (moment) {
      case NOW -> "now";
      case ONCE -> "once";
      case ALWAYS -> "always";
      case AT_NOTE -> "at-note:" + n;
      case AFTER_MS -> "after-ms:" + n;
    };
  }
}
