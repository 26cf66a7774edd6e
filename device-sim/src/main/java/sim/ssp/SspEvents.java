package sim.ssp;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import sim.mechanics.Denomination;

/// Events that wait for a poll, as bytes.
final class SspEvents {
  /// A reply holds 255 bytes of data; what does not fit waits for the next poll. More than these
  /// wait only where nobody polls, and then the oldest is of no use any more.
  private static final int WAITING_MAX = 64;

  private static final int REPLY_MAX = 0xE0;

  private final Deque<Buffer> waiting = new ArrayDeque<>();

  void clear() {
    waiting.clear();
  }

  void add(int code) {
    add(Buffer.buffer().appendUnsignedByte((short) code));
  }

  /// An event with a counted list of one value.
  void value(int code, long minor, String currency) {
    add(valued(code, minor, currency));
  }

  /// A payout that ended with an error: its value, and the cause.
  void error(long minor, String currency, int cause) {
    add(valued(0xB1, minor, currency).appendByte((byte) cause));
  }

  /// A note by its value, uncounted as in most of the guide's examples.
  void note(int code, Denomination note) {
    add(one(code, note));
  }

  /// What was paid of what was requested before the power went.
  void incomplete(long actual, long requested, String currency) {
    add(pair(0xDC, actual, requested, currency));
  }

  private static Buffer pair(int code, long actual, long requested, String currency) {
    return Buffer.buffer()
        .appendUnsignedByte((short) code)
        .appendByte((byte) 1)
        .appendUnsignedIntLE(actual)
        .appendUnsignedIntLE(requested)
        .appendString(currency);
  }

  void channel(int code, int channel) {
    add(Buffer.buffer().appendUnsignedByte((short) code).appendUnsignedByte((short) channel));
  }

  /// Moves what waits into a poll's reply.
  void into(Buffer reply) {
    while (!waiting.isEmpty() && reply.length() + waiting.peek().length() <= REPLY_MAX) {
      reply.appendBuffer(waiting.remove());
    }
  }

  static Buffer valued(int code, long minor, String currency) {
    return Buffer.buffer()
        .appendUnsignedByte((short) code)
        .appendByte((byte) 1)
        .appendUnsignedIntLE(minor)
        .appendString(currency);
  }

  /// An event that nothing in these mechanics causes, as told when it has moved nothing.
  static Buffer unmoved(int code, Denomination note) {
    return switch (code) {
      case 0xB3, 0xB4, 0xD7, 0xD8 -> valued(code, 0, note.currency());
      case 0xCB -> one(code, note);
      case 0xDD -> pair(code, 0, 0, note.currency());
      default -> Buffer.buffer().appendUnsignedByte((short) code);
    };
  }

  static Buffer one(int code, Denomination note) {
    return Buffer.buffer()
        .appendUnsignedByte((short) code)
        .appendUnsignedIntLE(note.minor())
        .appendString(note.currency());
  }

  private void add(Buffer event) {
    if (waiting.size() == WAITING_MAX) waiting.remove();
    waiting.add(event);
  }
}
