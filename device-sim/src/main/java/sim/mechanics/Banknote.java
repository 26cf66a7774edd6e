package sim.mechanics;

/// One piece of paper that was put in, the same object wherever it goes.
public record Banknote(int id, Paper paper) {
  @Override
  public String toString() {
    return id + ":" + paper;
  }

  static Banknote parse(String text) {
    int colon = text.indexOf(':');
    return new Banknote(
        Integer.parseInt(text.substring(0, colon)), Paper.parse(text.substring(colon + 1)));
  }
}
