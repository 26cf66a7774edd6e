package atm.link;

import java.util.Locale;

/// How a serial line is set. The names in an address are `baud`, `data`, `parity`, `stop`, `flow`:
/// `serial:/dev/ttyUSB0?baud=9600&data=8&parity=none&stop=1&flow=none`.
public record LineSettings(int baud, int data, Parity parity, Stop stop, Flow flow) {
  public enum Parity {
    NONE,
    ODD,
    EVEN,
    MARK,
    SPACE
  }

  public enum Stop {
    ONE("1"),
    ONE_AND_A_HALF("1.5"),
    TWO("2");

    private final String word;

    Stop(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public enum Flow {
    NONE,
    /// RTS and CTS.
    HARDWARE,
    /// XON and XOFF.
    SOFTWARE
  }

  public LineSettings {
    if (baud < 50 || baud > 4_000_000) {
      throw new IllegalArgumentException("baud " + baud + ", wanted 50 to 4000000");
    }
    if (data < 5 || data > 8) {
      throw new IllegalArgumentException(data + " data bits, wanted 5 to 8");
    }
  }

  /// These, with what a query such as `baud=19200&parity=even` says otherwise.
  LineSettings with(String query) {
    LineSettings line = this;
    for (String setting : query.split("&")) {
      String[] parts = setting.split("=", 2);
      line = line.with(parts[0], parts.length == 1 ? "" : parts[1]);
    }
    return line;
  }

  private LineSettings with(String name, String word) {
    return switch (name) {
      case "baud" -> new LineSettings(number(name, word), data, parity, stop, flow);
      case "data" -> new LineSettings(baud, number(name, word), parity, stop, flow);
      case "parity" -> new LineSettings(baud, data, one(name, word, Parity.values()), stop, flow);
      case "stop" -> new LineSettings(baud, data, parity, one(name, word, Stop.values()), flow);
      case "flow" -> new LineSettings(baud, data, parity, stop, one(name, word, Flow.values()));
      default ->
          throw new IllegalArgumentException(
              "\"" + name + "\" sets nothing; wanted baud, data, parity, stop or flow");
    };
  }

  private static int number(String name, String word) {
    if (!word.matches("\\d{1,7}")) {
      throw new IllegalArgumentException(name + " is \"" + word + "\", wanted a number");
    }
    return Integer.parseInt(word);
  }

  private static <E extends Enum<E>> E one(String name, String word, E[] all) {
    for (E value : all) {
      if (value.toString().toLowerCase(Locale.ROOT).equals(word)) return value;
    }
    throw new IllegalArgumentException(
        name
            + " is \""
            + word
            + "\", wanted one of "
            + java.util.Arrays.toString(all).toLowerCase(Locale.ROOT));
  }

  /// Eight data bits, no parity, one stop bit, no flow control.
  public static LineSettings plain(int baud) {
    return new LineSettings(baud, 8, Parity.NONE, Stop.ONE, Flow.NONE);
  }
}
