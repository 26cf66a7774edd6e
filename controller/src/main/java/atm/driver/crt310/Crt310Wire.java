package atm.driver.crt310;

import atm.driver.emv.SilentChip;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.frame.FrameTalk;
import atm.link.frame.Manner;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Our end of the wire of a CRT-310. The sheet gives no times; these are its proposals and a
/// network's delay. Every command here may be given twice, as none makes a card move further than
/// the first did; but for what a chip is asked.
final class Crt310Wire {
  private static final Duration ACK = Duration.ofMillis(700);

  /// The longest frame takes a quarter of a second at 9600 baud, two seconds at 1200.
  private static final Duration FRAME = Duration.ofMillis(2500);

  private static final Duration MOVED = Duration.ofSeconds(20);
  private static final Duration TOLD = Duration.ofSeconds(5);

  /// ISO/IEC 7816-3: a chip answers, or asks for more time, within a second or so of each wait.
  private static final Duration CHIP = Duration.ofSeconds(10);

  private static final int YES = 0x59;
  private static final int YES_IN_T1 = 0x5A;

  /// A reply that came broken is asked for anew that often.
  private static final int TRIES = 3;

  /// What a movement answers.
  enum Moved {
    YES,
    FAILED,
    NO_CARD,
    IMPOSSIBLE
  }

  /// How a chip talks, which its reset tells.
  enum Protocol {
    T0(0x31),
    T1(0x32);

    private final int parameter;

    Protocol(int parameter) {
      this.parameter = parameter;
    }
  }

  final ByteLink link;
  private final FrameTalk talk;

  Crt310Wire(ByteLink link, Deadlines deadlines) {
    this.link = link;
    this.talk =
        new FrameTalk(link, new Manner(new Crt310Frames(), true, false, ACK, FRAME), deadlines);
  }

  /// The version; a card stays where it is.
  Future<String> reset() {
    return ask(Crt310Frames.command(0x30, 0x30), MOVED)
        .map(
            reply ->
                reply
                    .getString(Crt310Frames.DATA, reply.length() - 2, "US-ASCII")
                    .replaceAll("[^ -~]", "?")
                    .strip());
  }

  Future<Crt310Status> status() {
    return ask(Crt310Frames.command(0x31, 0x30), TOLD)
        .map(reply -> Crt310Status.of(reply.getByte(Crt310Frames.DATA)));
  }

  /// Cards are taken in at the front when one is pushed in; never from the rear.
  Future<Void> allowEntry() {
    return ask(Crt310Frames.command(0x2F, 0x33, 0x31), TOLD).mapEmpty();
  }

  Future<Void> forbidEntry() {
    return ask(Crt310Frames.command(0x2F, 0x31, 0x31), TOLD).mapEmpty();
  }

  Future<Moved> ejectToFront() {
    return move(0x30);
  }

  Future<Moved> captureToRear() {
    return move(0x33);
  }

  /// The characters of track 2 without sentinels; empty when they cannot be read.
  Future<Optional<String>> track2() {
    return ask(Crt310Frames.command(0x45, 0x30, 0x30, 0x32), TOLD).compose(Crt310Wire::track2);
  }

  private static Future<Optional<String>> track2(Buffer reply) {
    // mode, tracks, then 1F and Y or N
    int at = Crt310Frames.DATA + 2;
    int end = reply.length() - 2;
    if (end < at + 2 || reply.getByte(at) != 0x1F) {
      return Future.failedFuture(
          new ProtocolException("a track reading of %d bytes without a track".formatted(end - at)));
    }
    if (reply.getByte(at + 1) != 0x59) return Future.succeededFuture(Optional.empty());
    String data = reply.getString(at + 2, end, StandardCharsets.US_ASCII.name());
    // Whether the sentinels come with the data, the sheet does not say.
    return Future.succeededFuture(Optional.of(data.replaceAll("^;|\\?.?$", "")));
  }

  Future<Moved> toContacts() {
    return move(0x2F);
  }

  /// To where radio would reach the card: inside too, with the contacts up.
  Future<Moved> fromContacts() {
    return move(0x2E);
  }

  /// Whether it was done.
  Future<Boolean> chipPower(boolean on) {
    return ask(Crt310Frames.command(0x33, on ? 0x30 : 0x31), TOLD).map(Crt310Wire::isDone);
  }

  /// A `SilentChip` where there is no answer to a cold reset.
  Future<Protocol> chipReset() {
    return ask(Crt310Frames.command(0x37, 0x30), CHIP)
        .compose(
            reply -> {
              int st = reply.getUnsignedByte(Crt310Frames.DATA);
              if (st != YES && st != YES_IN_T1) return silent("no answer to reset", st);
              return chipData(reply).map(_ -> st == YES ? Protocol.T0 : Protocol.T1);
            });
  }

  /// The answer to one command; a `SilentChip` where there is none. Asked once: where the reply
  /// comes broken, the chip has its answer behind it.
  Future<byte[]> exchange(Protocol protocol, byte[] command) {
    Buffer data = Buffer.buffer().appendUnsignedShort(command.length).appendBytes(command);
    return ask(Crt310Frames.command(0x37, protocol.parameter, data), CHIP, 1)
        .compose(
            reply ->
                isDone(reply)
                    ? chipData(reply)
                    : silent("no answer", reply.getUnsignedByte(Crt310Frames.DATA)));
  }

  private static <T> Future<T> silent(String what, int st) {
    return Future.failedFuture(new SilentChip("%s from the chip, status %02X".formatted(what, st)));
  }

  private static boolean isDone(Buffer reply) {
    return reply.getByte(Crt310Frames.DATA) == YES;
  }

  /// After status and length.
  static Future<byte[]> chipData(Buffer reply) {
    int at = Crt310Frames.DATA + 3;
    int end = reply.length() - 2;
    if (end < at) {
      return Future.failedFuture(new ProtocolException("a chip's answer without a length"));
    }
    int said = reply.getUnsignedShort(at - 2);
    return said == end - at
        ? Future.succeededFuture(reply.getBytes(at, end))
        : Future.failedFuture(
            new ProtocolException(
                "a chip's answer said to be of %d bytes where %d came".formatted(said, end - at)));
  }

  private Future<Moved> move(int parameter) {
    return ask(Crt310Frames.command(0x32, parameter), MOVED)
        .map(
            reply ->
                switch (reply.getByte(Crt310Frames.DATA)) {
                  case 0x59 -> Moved.YES;
                  case 0x45 -> Moved.NO_CARD;
                  case 0x57 -> Moved.IMPOSSIBLE;
                  default -> Moved.FAILED;
                });
  }

  private Future<Buffer> ask(Buffer command, Duration within) {
    return ask(command, within, TRIES);
  }

  private Future<Buffer> ask(Buffer command, Duration within, int tries) {
    return repeated(command, within, tries)
        .compose(
            reply -> {
              if (!Crt310Frames.isRefusal(reply) && reply.length() > Crt310Frames.DATA + 2) {
                return Future.succeededFuture(reply);
              }
              return Future.failedFuture(
                  Crt310Frames.isRefusal(reply)
                      ? new Refusal(reply.getByte(Crt310Frames.DATA))
                      : new ProtocolException("a reply without data"));
            });
  }

  private Future<Buffer> repeated(Buffer command, Duration within, int tries) {
    return talk.ask(command, within)
        .recover(
            failure ->
                failure instanceof ProtocolException && tries > 1
                    ? repeated(command, within, tries - 1)
                    : Future.failedFuture(failure));
  }

  /// The `N` reply, with what it says.
  static final class Refusal extends IOException {
    Refusal(byte code) {
      super("error %02X, %s".formatted(code, meaning(code)));
    }

    private static String meaning(byte code) {
      return switch (code) {
        case 0x00 -> "undefined command";
        case 0x01 -> "undefined parameter";
        case 0x02 -> "cannot be done here and now";
        case 0x04 -> "wrong data";
        case 0x05 -> "supply voltage out of range";
        case 0x06 -> "an abnormal card is inside";
        case 0x07 -> "runs on backup power";
        default -> "unknown";
      };
    }
  }
}
