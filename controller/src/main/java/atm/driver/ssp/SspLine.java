package atm.driver.ssp;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.Fault;
import atm.link.ByteLink;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// One conversation over a line of SSP: a command, its reply, the next command. Only a packet that
/// answers the command in hand counts, by its flag, its address and, once sealed, its count;
/// whatever else arrives is passed over, and the deadline decides. Runs on the link's context.
final class SspLine {
  /// Stated by the protocol manual.
  static final Duration REPLY_WITHIN = Duration.ofSeconds(1);

  /// First and repeated: as the maker's own library does.
  static final int TRIES = 3;

  /// Of each of two devices, which may be one unit: the poll, one command of the caller and what a
  /// poll makes the driver ask.
  private static final int WAITING_MAX = 16;

  private static final int SYNC = 0x11;

  /// The reply to what was never sent.
  static final byte[] TAKEN_BACK = {(byte) SspData.OK};

  private final DeviceKind kind;
  private final ByteLink link;
  private final int address;
  private final Deadlines deadlines;
  private final SspReader reader = new SspReader(this::received, why -> lastSeen = why);
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private Optional<EsspCipher> cipher = Optional.empty();
  private boolean flag;
  private Exchange current;
  private Fault end;
  private String lastSeen = "nothing";

  SspLine(DeviceKind kind, ByteLink link, int address, Deadlines deadlines) {
    this.kind = kind;
    this.link = link;
    this.address = address;
    this.deadlines = deadlines;
    link.onBytes(bytes -> reader.read(bytes.getBytes()));
  }

  /// Brings both ends to the same flag. All that was under way on the device's side is answered
  /// for: no reply from before counts any more.
  Future<Void> synchronise(int tries) {
    cipher = Optional.empty();
    return run(new Exchange("sync", SspData.command(SYNC), tries)).mapEmpty();
  }

  /// From now on every command is sealed under this key.
  void seal(EsspCipher fresh) {
    cipher = Optional.of(fresh);
  }

  /// The reply to a command that moves no note, which is therefore sent again when no reply comes.
  /// It may be any generic response.
  Future<byte[]> ask(String what, byte[] command) {
    return run(new Exchange(what, command, TRIES));
  }

  /// As `ask`, before all that waits.
  Future<byte[]> askNext(String what, byte[] command) {
    Exchange exchange = new Exchange(what, command, TRIES);
    if (end != null) {
      exchange.fail(end);
    } else {
      waiting.addFirst(exchange);
      next();
    }
    return exchange.reply.future();
  }

  /// What waits under that name is not sent; its reply is `TAKEN_BACK`.
  void takeBack(String what) {
    List<Exchange> taken = waiting.stream().filter(one -> one.what.equals(what)).toList();
    waiting.removeAll(taken);
    taken.forEach(one -> one.reply.complete(TAKEN_BACK));
  }

  /// As `ask`, for a reply that must be OK.
  Future<byte[]> succeed(String what, byte[] command) {
    return ask(what, command)
        .map(
            reply -> {
              if ((reply[0] & 0xFF) != SspData.OK) throw refused(what, reply);
              return reply;
            });
  }

  /// The reply to a command that moves notes. Sent once; without a reply nobody knows.
  Future<byte[]> once(String what, byte[] command) {
    return run(new Exchange(what, command, 1));
  }

  DeviceException refused(String what, byte[] reply) {
    int code = reply[0] & 0xFF;
    String why =
        switch (code) {
          case SspData.NOT_KNOWN -> "command not known";
          case SspData.WRONG_COUNT -> "wrong number of parameters";
          case SspData.OUT_OF_RANGE -> "parameter out of range, or not encrypted";
          case SspData.NOT_PROCESSED -> "cannot be processed";
          case 0xF6 -> "software error";
          case 0xF8 -> "failed";
          case SspData.KEY_NOT_SET -> "key not set";
          default -> "no generic response";
        };
    String reason = reply.length > 1 ? " %02X".formatted(reply[1]) : "";
    Fault.Code kindOfFault =
        code == SspData.NOT_PROCESSED || code == 0xF8
            ? Fault.Code.HARDWARE
            : code == SspData.KEY_NOT_SET ? Fault.Code.SECURITY : Fault.Code.PROTOCOL;
    return new DeviceException(
        new Fault(
            kindOfFault,
            "%s: %s in reply to %s (%02X%s)".formatted(kind, why, what, code, reason)));
  }

  /// Ends all that waits, for `why`.
  void end(Fault why) {
    if (end != null) return;
    end = why;
    if (current != null) current.fail(why);
    current = null;
    while (!waiting.isEmpty()) waiting.remove().fail(why);
  }

  private Future<byte[]> run(Exchange exchange) {
    if (end != null) {
      exchange.fail(end);
    } else if (waiting.size() >= WAITING_MAX) {
      exchange.fail(
          new Fault(
              Fault.Code.SEQUENCE,
              "%s: %s refused, %d commands wait".formatted(kind, exchange.what, WAITING_MAX)));
    } else {
      waiting.add(exchange);
      next();
    }
    return exchange.reply.future();
  }

  private void next() {
    if (current != null || end != null || waiting.isEmpty()) return;
    current = waiting.remove();
    current.begin();
  }

  private void received(SspPacket packet) {
    lastSeen = packet.toString();
    if (current != null) current.consider(packet);
  }

  private final class Exchange {
    private final String what;
    private final byte[] command;
    private final Promise<byte[]> reply = Promise.promise();
    private final boolean synchronises;
    private int triesLeft;
    private boolean sealed;
    private SspPacket packet;
    private Runnable stopDeadline = () -> {};

    Exchange(String what, byte[] command, int tries) {
      this.what = what;
      this.command = command;
      this.triesLeft = tries;
      this.synchronises = command[0] == SYNC;
    }

    void begin() {
      flag = synchronises || !flag;
      sealed = cipher.isPresent();
      byte[] data = cipher.map(c -> c.seal(command)).orElse(command);
      packet = new SspPacket(flag, address, data);
      lastSeen = "nothing";
      send();
    }

    private void send() {
      triesLeft--;
      stopDeadline = deadlines.after(REPLY_WITHIN, this::late);
      // A link that takes nothing has ended, and tells so itself.
      link.write(Buffer.buffer(packet.encoded()));
    }

    /// Sends the very same packet: a device that had it repeats its reply and does nothing else.
    private void late() {
      if (triesLeft > 0) {
        send();
        return;
      }
      String seen = "%s: no reply to %s, seen was %s".formatted(kind, what, lastSeen);
      done(() -> fail(new Fault(Fault.Code.TIMEOUT, seen)));
    }

    void consider(SspPacket answer) {
      if (answer.sequenceAndAddress() != packet.sequenceAndAddress()) return;
      byte[] data = answer.data();
      if (synchronises && (data.length != 1 || (data[0] & 0xFF) != SspData.OK)) {
        lastSeen = "response %02X".formatted(data[0]);
        return;
      }
      if (!sealed) {
        done(() -> reply.complete(data));
      } else if (data.length == 1 && (data[0] & 0xFF) == SspData.KEY_NOT_SET) {
        done(() -> reply.complete(data));
      } else {
        cipher
            .flatMap(c -> c.open(data))
            .ifPresentOrElse(
                opened -> done(() -> reply.complete(opened)),
                () -> lastSeen = "a reply that is not sealed as the next one");
      }
    }

    void fail(Fault why) {
      stopDeadline.run();
      reply.tryFail(new DeviceException(why));
    }

    private void done(Runnable outcome) {
      stopDeadline.run();
      current = null;
      outcome.run();
      next();
    }
  }
}
