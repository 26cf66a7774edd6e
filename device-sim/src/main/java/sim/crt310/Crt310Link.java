package sim.crt310;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import sim.wire.Line;
import sim.wire.LineTimers;

/// The reader's half of the link: ACK or NAK to a command, then nothing until the host's ENQ, then
/// the reply. EOT before the ENQ takes the command back. Runs on the device's context.
final class Crt310Link {
  private static final byte STX = 0x02;
  private static final byte ETX = 0x03;
  private static final byte EOT = 0x04;
  private static final byte ENQ = 0x05;
  private static final byte ACK = 0x06;
  private static final byte NAK = 0x15;

  private static final int FRAME_MS = 2000;
  private static final int LENGTH_MAX = 266;
  private static final int AROUND = 5;

  /// A few frames; a host that sends more ahead does not wait for answers.
  private static final int WAITING_MAX = 2048;

  /// What the reader does.
  interface Model {
    /// Not while it has no power.
    boolean listens();

    /// The reply from its first byte after the length; fails where there is to be none.
    Future<Buffer> execute(int command, int parameter, Buffer data);
  }

  private final Line line;
  private final LineTimers timers;
  private final Model model;
  private Buffer waiting = Buffer.buffer();
  private Buffer command;
  private boolean busy;
  private int life;
  private Runnable stopTimer = () -> {};

  Crt310Link(Line line, LineTimers timers, Model model) {
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
    command = null;
    busy = false;
  }

  private void arrived(Buffer bytes) {
    if (!model.listens() || waiting.length() + bytes.length() > WAITING_MAX) return;
    waiting.appendBuffer(bytes);
    read();
  }

  private void read() {
    while (waiting.length() > 0 && !busy) {
      byte first = waiting.getByte(0);
      if (first == STX) {
        if (!takeFrame()) return;
      } else {
        drop(1);
        if (first == ENQ && command != null) execute();
        if (first == EOT && command != null) {
          command = null;
          line.send(Buffer.buffer().appendByte(EOT));
        }
      }
    }
  }

  /// `false` while the frame is not whole.
  private boolean takeFrame() {
    stopTimer.run();
    if (waiting.length() < 3) return waitForRest();
    int length = waiting.getUnsignedShort(1);
    if (length < 2 || length > LENGTH_MAX) {
      drop(1);
      return true;
    }
    if (waiting.length() < length + AROUND) return waitForRest();
    Buffer frame = waiting.getBuffer(0, length + AROUND);
    drop(frame.length());
    boolean good =
        frame.getByte(frame.length() - 2) == ETX
            && check(frame, frame.length() - 1) == frame.getByte(frame.length() - 1);
    command = good ? frame : null;
    line.send(Buffer.buffer().appendByte(good ? ACK : NAK));
    return true;
  }

  private boolean waitForRest() {
    stopTimer = timers.after(FRAME_MS, () -> drop(waiting.length()));
    return false;
  }

  private void execute() {
    Buffer frame = command;
    command = null;
    busy = true;
    int now = life;
    Buffer data = frame.getBuffer(AROUND, frame.length() - 2);
    model
        .execute(frame.getUnsignedByte(3), frame.getUnsignedByte(4), data)
        .onComplete(
            done -> {
              if (now != life) return;
              busy = false;
              if (done.succeeded()) reply(done.result());
              read();
            });
  }

  private void reply(Buffer content) {
    Buffer frame =
        Buffer.buffer()
            .appendByte(STX)
            .appendUnsignedShort(content.length())
            .appendBuffer(content)
            .appendByte(ETX);
    line.send(frame.appendByte(check(frame, frame.length())));
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
