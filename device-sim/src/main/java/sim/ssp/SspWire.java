package sim.ssp;

import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import sim.ssp.SspFrames.Frame;
import sim.wire.Line;

/// What every unit of SSP does with a packet: tells a new one from a repeated one, opens and seals,
/// and answers what all units answer. The rest is the unit's.
final class SspWire {
  private static final int ADDRESS = 0;

  /// The half of the key that is not negotiated, until a distributor changes it.
  private static final long FIXED_KEY = 0x0123456701234567L;

  static final int OK = 0xF0;
  static final int NOT_KNOWN = 0xF2;
  static final int WRONG_COUNT = 0xF3;
  static final int OUT_OF_RANGE = 0xF4;
  static final int NOT_PROCESSED = 0xF5;
  private static final int FAIL = 0xF8;
  private static final int KEY_NOT_SET = 0xFA;
  private static final int SYNC = 0x11;

  /// Commands that are refused in clear.
  private static final Set<Integer> SEALED_ONLY =
      Set.of(0x33, 0x38, 0x3B, 0x3C, 0x3D, 0x3F, 0x44, 0x46, 0x52, 0x57);

  /// A device behind the wire: the data of a command to the data of its reply.
  interface Unit {
    Buffer answer(int code, Buffer command);

    /// What it answers in place of doing what it is told, where a fault makes it.
    Optional<Buffer> refusal(Buffer command);
  }

  private final SspFrames frames;
  private final SspKey key;
  private final Unit unit;
  private final BooleanSupplier powered;
  private final Line line;
  private Optional<Boolean> lastFlag = Optional.empty();
  private Buffer lastReply = Buffer.buffer();
  private boolean restarting;

  SspWire(BooleanSupplier powered, Line line, Unit unit) {
    this.powered = powered;
    this.line = line;
    this.frames = new SspFrames(ADDRESS, this::received);
    this.key = new SspKey(FIXED_KEY, new SecureRandom());
    this.unit = unit;
    line.device(
        bytes -> {
          if (powered.getAsBoolean()) frames.received(bytes);
        });
  }

  void cut() {
    line.cut();
  }

  /// The unit restarts as soon as it has answered.
  void restart() {
    restarting = true;
  }

  /// The unit lost its power, or restarts: keys and flag are gone.
  void memoryLost() {
    restarting = false;
    key.forget();
    lastFlag = Optional.empty();
  }

  private void received(Frame frame) {
    int code = frame.data().getUnsignedByte(0);
    if (code == SYNC && frame.data().length() == 1) {
      answer(frame, unit.refusal(frame.data()).orElse(reply(OK)));
      // Right after it, either flag is a new packet.
      lastFlag = Optional.empty();
    } else if (lastFlag.equals(Optional.of(frame.flag()))) {
      send();
    } else if (!SspKey.isSealed(frame.data())) {
      answer(frame, inClear(frame.data()));
    } else if (!key.isSet()) {
      answer(frame, reply(KEY_NOT_SET));
    } else {
      // What does not open is dropped: whoever sent it does not have the key, or repeats.
      key.open(frame.data()).ifPresent(command -> answer(frame, sealed(execute(command))));
    }
  }

  /// A unit that says it has no key has none.
  private Buffer sealed(Buffer reply) {
    if (reply.getUnsignedByte(0) != KEY_NOT_SET) return key.seal(reply);
    key.forget();
    return reply;
  }

  private Buffer inClear(Buffer command) {
    boolean sealedOnly = SEALED_ONLY.contains((int) command.getUnsignedByte(0));
    return sealedOnly ? reply(OUT_OF_RANGE) : execute(command);
  }

  private Buffer execute(Buffer command) {
    return unit.refusal(command).orElseGet(() -> done(command));
  }

  private Buffer done(Buffer command) {
    int code = command.getUnsignedByte(0);
    return switch (code) {
      case 0x4A -> reply(key.setGenerator(command) ? OK : WRONG_COUNT);
      case 0x4B -> reply(key.setModulus(command) ? OK : WRONG_COUNT);
      case 0x4C ->
          key.exchange(command).map(ours -> reply(OK).appendBuffer(ours)).orElse(reply(FAIL));
      case 0x06 -> reply(isProtocol(command) ? OK : FAIL);
      case 0x03, 0x04 -> reply(OK);
      default -> unit.answer(code, command);
    };
  }

  /// The versions whose replies carry currencies, as the sheet has them.
  private static boolean isProtocol(Buffer command) {
    return command.length() == 2 && command.getByte(1) >= 6 && command.getByte(1) <= 8;
  }

  private void answer(Frame frame, Buffer data) {
    lastFlag = Optional.of(frame.flag());
    lastReply = SspFrames.encode(frame.head(), data);
    send();
    if (restarting) memoryLost();
  }

  private void send() {
    if (powered.getAsBoolean()) line.send(lastReply);
  }

  static Buffer reply(int... bytes) {
    Buffer reply = Buffer.buffer(bytes.length);
    for (int b : bytes) reply.appendUnsignedByte((short) b);
    return reply;
  }
}
