package sim.mechanics;

import java.util.Comparator;

/// What a customer may put into a slot for notes, in the words of the back door: `20 EUR`, `10 EUR
/// torn`, `50 EUR counterfeit`, `foreign`. `note` is null for what is no note of any known
/// currency.
public record Paper(Denomination note, Condition condition) implements Comparable<Paper> {
  public enum Condition {
    GENUINE,
    /// So worn or torn that no reader recognises it.
    TORN,
    /// Looks like a note, and is to be kept for the police.
    COUNTERFEIT
  }

  public static final Paper FOREIGN = new Paper(null, Condition.GENUINE);

  private static final Comparator<Paper> ORDER =
      Comparator.comparing(Paper::note, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Paper::condition);

  public static Paper parse(String words) {
    if (words.equals("foreign")) {
      return FOREIGN;
    }
    for (Condition condition : Condition.values()) {
      String suffix = suffix(condition);
      if (condition != Condition.GENUINE && words.endsWith(suffix)) {
        String note = words.substring(0, words.length() - suffix.length());
        return new Paper(Denomination.parse(note), condition);
      }
    }
    return new Paper(Denomination.parse(words), Condition.GENUINE);
  }

  private static String suffix(Condition condition) {
    return switch (condition) {
      case GENUINE -> "";
      case TORN -> " torn";
      case COUNTERFEIT -> " counterfeit";
    };
  }

  @Override
  public int compareTo(Paper other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return note == null ? "foreign" : note + suffix(condition);
  }
}
