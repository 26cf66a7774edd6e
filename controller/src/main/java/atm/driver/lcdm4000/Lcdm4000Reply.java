package atm.driver.lcdm4000;

import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/// What replies say. Each is read from a whole frame with a good check byte.
sealed interface Lcdm4000Reply {
  /// A cassette that is fitted has an identity from here on.
  int REMOVED = 0x30;

  /// Notes of one cassette, delivered and rejected.
  record Counted(int exited, int rejected) {}

  /// @param counted by place, first to fourth
  record Moved(Lcdm4000Error error, List<Counted> counted) implements Lcdm4000Reply {
    static Moved of(Buffer reply) throws ProtocolException {
      return at(reply, Lcdm4000Frames.DATA);
    }

    private static Moved at(Buffer reply, int from) throws ProtocolException {
      List<Counted> counted = new ArrayList<>();
      for (int i = 0; i < Lcdm4000Frames.CASSETTES; i++) {
        int at = from + 2 + 3 * i;
        counted.add(new Counted(number(reply, at), number(reply, at + 1)));
      }
      return new Moved(Lcdm4000Error.at(reply, from), counted);
    }

    private static int number(Buffer reply, int at) throws ProtocolException {
      int number = (reply.getByte(at) & 0xFF) - Lcdm4000Frames.OFFSET;
      if (number < 0) {
        throw new ProtocolException(
            "%02X at byte %d of a reply, wanted a number from 20".formatted(reply.getByte(at), at));
      }
      return number;
    }
  }

  /// @param command the last that ran
  record Last(byte command, Moved moved) implements Lcdm4000Reply {
    static Last of(Buffer reply) throws ProtocolException {
      return new Last(reply.getByte(Lcdm4000Frames.DATA), Moved.at(reply, Lcdm4000Frames.DATA + 1));
    }

    boolean wasDispense() {
      return command == Lcdm4000Frames.DISPENSE;
    }
  }

  /// @param sensors of the path; a set bit is a blocked one
  record Status(Lcdm4000Error error, int sensors, List<Boolean> fitted, List<Boolean> nearEnd)
      implements Lcdm4000Reply {
    private static final int PATH = 0b1_1111;
    private static final int NEAR_END = 0x08;

    static Status of(Buffer reply) {
      List<Boolean> fitted = new ArrayList<>();
      List<Boolean> nearEnd = new ArrayList<>();
      for (int i = 0; i < Lcdm4000Frames.CASSETTES; i++) {
        int at = Lcdm4000Frames.DATA + 2 + 4 * i;
        nearEnd.add((reply.getByte(at) & NEAR_END) != 0);
        fitted.add(reply.getByte(at + 1) > REMOVED);
      }
      return new Status(
          Lcdm4000Error.at(reply, Lcdm4000Frames.DATA),
          reply.getByte(Lcdm4000Frames.DATA + 1),
          fitted,
          nearEnd);
    }

    boolean notesOnPath() {
      return (sensors & PATH) != 0;
    }
  }
}
