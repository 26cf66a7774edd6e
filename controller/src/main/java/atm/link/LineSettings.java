package atm.link;

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

  /// Eight data bits, no parity, one stop bit, no flow control.
  public static LineSettings plain(int baud) {
    return new LineSettings(baud, 8, Parity.NONE, Stop.ONE, Flow.NONE);
  }
}
