package sim.puloon;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import sim.wire.Line;
import sim.wire.LineTimers;

/// The device's half of the link that these dispensers share: ACK or NAK to a command, the reply,
/// up to three times until the host acknowledges it. One command at a time; what comes meanwhile
/// waits. Runs on the device's context.
final class PuloonLink {
  private static final byte SOH = 0x01;
  private static final byte STX = 0x02;
  private static final byte ETX = 0x03;
  private static final byte EOT = 0x04;
  private static final byte ACK = 0x06;
  private static final byte NAK = 0x15;

  private static final int FRAME_MS = 200;
  private static final int REPEAT_MS = 1000;
  private static final int REPLIES = 3;

  /// No command is longer than 21 bytes; a host that sends this much ahead does not wait for
  /// answers.
  private static final int WAITING_MAX = 4096;

  /// What a model does: lengths of commands, and commands.
  interface Model {
    /// Not while it has no power.
    boolean listens();

    /// Of a whole frame with that command.
    int commandLength(byte command);

    /// The reply's data; fails where there is to be none.
    Future<Buffer> execute(byte command, Buffer data);
  }

  private final byte id;
  private final boolean closes;
  private final Line line;
  private final LineTimers timers;
  private final Model model;
  private Buffer waiting = Buffer.buffer();
  private boolean busy;
  private Buffer reply;
  private int replies;
  private int life;
  private Runnable stopTimer = () -> {};

  /// @param closes a transaction ends with EOT
  PuloonLink(byte id, boolean closes, Line line, LineTimers timers, Model model) {
    this.id = id;
    this.closes = closes;
    this.line = line;
    this.timers = timers;
    this.model = model;
    line.device(this::arrived);
  }

  /// The power went: whatever was under way is forgotten.
  void forget() {
    life++;
    stopTimer.run();
    waiting = Buffer.buffer();
    busy = false;
    reply = null;
  }

  private void arrived(Buffer bytes) {
    if (!model.listens() || waiting.length() + bytes.length() > WAITING_MAX) return;
    int from = 0;
    // A command that came too early may wait there already; the reply's fate comes before it.
    if (reply != null && !busy && decides(bytes.getByte(0))) {
      from = 1;
    }
    waiting.appendBuffer(bytes, from, bytes.length() - from);
    read();
  }

  private void read() {
    while (waiting.length() > 0 && !busy) {
      byte first = waiting.getByte(0);
      if (reply != null) {
        // Only the reply's fate counts now; a next command waits for it.
        if (first == EOT) return;
        drop(1);
        decides(first);
      } else if (first != EOT) {
        drop(1);
      } else if (!command()) {
        return;
      }
    }
  }

  /// Whether that byte says what became of the reply.
  private boolean decides(byte control) {
    if (control == ACK) replied();
    else if (control == NAK) sendReply();
    return control == ACK || control == NAK;
  }

  /// Takes a command off the line; `false` while it is not whole.
  private boolean command() {
    stopTimer.run();
    byte[] head = {EOT, id, STX};
    for (int i = 0; i < head.length; i++) {
      if (waiting.length() <= i) return waitForRest();
      if (waiting.getByte(i) != head[i]) {
        drop(1);
        return true;
      }
    }
    if (waiting.length() <= head.length) return waitForRest();
    byte command = waiting.getByte(head.length);
    int length = model.commandLength(command);
    if (waiting.length() < length) return waitForRest();
    Buffer frame = waiting.getBuffer(0, length);
    drop(length);
    boolean good =
        frame.getByte(length - 2) == ETX && check(frame, length - 1) == frame.getByte(length - 1);
    line.send(Buffer.buffer().appendByte(good ? ACK : NAK));
    if (good) execute(command, frame.getBuffer(head.length + 1, length - 2));
    return true;
  }

  private boolean waitForRest() {
    stopTimer =
        timers.after(
            FRAME_MS,
            () -> {
              drop(waiting.length());
            });
    return false;
  }

  private void execute(byte command, Buffer data) {
    busy = true;
    int now = life;
    model
        .execute(command, data)
        .onComplete(
            done -> {
              if (now != life) return;
              busy = false;
              if (done.succeeded()) answer(command, done.result());
              read();
            });
  }

  private void answer(byte command, Buffer data) {
    Buffer frame =
        Buffer.buffer(new byte[] {SOH, id, STX, command}).appendBuffer(data).appendByte(ETX);
    reply = frame.appendByte(check(frame, frame.length()));
    replies = 0;
    sendReply();
  }

  private void sendReply() {
    stopTimer.run();
    if (replies++ == REPLIES) {
      reply = null;
      read();
      return;
    }
    line.send(reply.copy());
    // It may have been acknowledged within the call.
    if (reply != null) stopTimer = timers.after(REPEAT_MS, this::sendReply);
  }

  private void replied() {
    stopTimer.run();
    reply = null;
    if (closes) line.send(Buffer.buffer().appendByte(EOT));
  }

  private void drop(int bytes) {
    waiting = waiting.getBuffer(bytes, waiting.length());
  }

  private static byte check(Buffer frame, int to) {
    byte check = 0;
    for (int i = 0; i < to; i++) check ^= frame.getByte(i);
    return check;
  }
}
