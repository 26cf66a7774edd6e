package atm.driver.lcdm;

import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What replies say. Each is read from a whole frame with a good check byte.
sealed interface LcdmReply {
  int DATA = 4;

  /// Order of the counts in the reply to a dispense from both cassettes; drivers in the field do
  /// not agree, so it is a setting.
  enum BothOrder {
    /// CHK and EXIT of the upper, then of the lower.
    BY_CASSETTE,
    /// CHK of both, then EXIT of both.
    BY_SENSOR;

    BothOrder other() {
      return this == BY_CASSETTE ? BY_SENSOR : BY_CASSETTE;
    }
  }

  /// Notes of one cassette: seen by its check sensors, delivered, and rejected.
  record Counted(int checked, int exited, int rejected) {}

  /// @param counted of the upper cassette, then of the lower, as far as they were asked
  /// @param guessed the counts lie in an order that nobody has stated, and mean other numbers in
  /// the other one
  record Dispensed(LcdmError error, List<Counted> counted, boolean guessed) implements LcdmReply {
    private Dispensed(LcdmError error, List<Counted> counted) {
      this(error, counted, false);
    }

    Dispensed readByGuess() {
      return new Dispensed(error, counted, true);
    }

    static Dispensed ofOne(Buffer frame) throws ProtocolException {
      Counted counted = new Counted(number(frame, 4), number(frame, 6), number(frame, 10));
      return new Dispensed(LcdmError.at(frame, 8), List.of(counted));
    }

    static Dispensed ofBoth(Buffer frame, BothOrder order) throws ProtocolException {
      boolean byCassette = order == BothOrder.BY_CASSETTE;
      int upperExit = byCassette ? 6 : 8;
      int lowerCheck = byCassette ? 8 : 6;
      Counted upper = new Counted(number(frame, 4), number(frame, upperExit), number(frame, 15));
      Counted lower = new Counted(number(frame, lowerCheck), number(frame, 10), number(frame, 17));
      return new Dispensed(LcdmError.at(frame, 12), List.of(upper, lower));
    }
  }

  /// Sensors: 1 means blocked, or active.
  record Status(LcdmError error, int sensor0, int sensor1) implements LcdmReply {
    /// CHK1, CHK2, DIV1, DIV2, EJT and EXIT.
    private static final int PATH = 0b0011_1111;

    static Status of(Buffer frame) {
      return new Status(
          LcdmError.at(frame, DATA + 1), frame.getByte(DATA + 2), frame.getByte(DATA + 3));
    }

    boolean notesOnPath() {
      return (sensor0 & PATH) != 0;
    }

    boolean upperNearEnd() {
      return (sensor0 & 0x40) != 0;
    }

    /// Means something on the 2000 only.
    boolean lowerNearEnd() {
      return (sensor1 & 0x20) != 0;
    }
  }

  /// @param version such as O16T: O for the 1000, T for the 2000
  record RomVersion(String version) implements LcdmReply {
    static RomVersion of(Buffer frame) {
      return new RomVersion(frame.getString(DATA, DATA + 4, StandardCharsets.US_ASCII.name()));
    }
  }

  private static int number(Buffer frame, int at) throws ProtocolException {
    return 10 * digit(frame, at) + digit(frame, at + 1);
  }

  private static int digit(Buffer frame, int at) throws ProtocolException {
    int digit = frame.getByte(at) - '0';
    if (digit < 0 || digit > 9) {
      throw new ProtocolException(
          "%02X at byte %d of a reply, wanted a digit".formatted(frame.getByte(at), at));
    }
    return digit;
  }
}
