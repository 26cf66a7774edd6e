package sim.zt598;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import sim.wire.Line;
import sim.wire.LineTimers;

/// The unit's half of the link: a frame draws a frame, or nothing where it is none; keys go out
/// as they are pressed, each a byte. Runs on the device's context.
final class Zt598Link {
  private static final byte STX = 0x02;
  private static final byte ETX = 0x03;
  private static final int FRAME_MS = 1000;
  private static final int HEAD = 4;
  private static final int AROUND = 7;

  /// A few frames; a host that sends more ahead does not wait for answers.
  private static final int WAITING_MAX = 4096;

  /// What the unit does.
  interface Model {
    /// Not while it has no power.
    boolean listens();

    /// The text of the reply; fails where there is to be none.
    Future<String> execute(String text);
  }

  private final Line line;
  private final LineTimers timers;
  private final Model model;
  private Buffer waiting = Buffer.buffer();
  private boolean busy;
  private int life;
  private Runnable stopTimer = () -> {};

  Zt598Link(Line line, LineTimers timers, Model model) {
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
  }

  void key(int code) {
    line.send(Buffer.buffer().appendByte((byte) code));
  }

  private void arrived(Buffer bytes) {
    if (!model.listens() || waiting.length() + bytes.length() > WAITING_MAX) return;
    waiting.appendBuffer(bytes);
    read();
  }

  private void read() {
    while (waiting.length() > 0 && !busy) {
      if (waiting.getByte(0) != STX) drop(1);
      else if (!takeFrame()) return;
    }
  }

  /// `false` while the frame is not whole.
  private boolean takeFrame() {
    stopTimer.run();
    if (waiting.length() < HEAD) return waitForRest();
    String length = waiting.getString(1, HEAD, StandardCharsets.ISO_8859_1.name());
    if (!length.matches("\\d{3}") || length.equals("000")) {
      drop(1);
      return true;
    }
    int whole = Integer.parseInt(length) + AROUND;
    if (waiting.length() < whole) return waitForRest();
    Buffer frame = waiting.getBuffer(0, whole);
    drop(whole);
    String check = frame.getString(whole - 2, whole, StandardCharsets.ISO_8859_1.name());
    if (frame.getByte(whole - 3) == ETX && check.equals(check(frame, whole - 2))) execute(frame);
    return true;
  }

  private boolean waitForRest() {
    stopTimer = timers.after(FRAME_MS, () -> drop(waiting.length()));
    return false;
  }

  private void execute(Buffer frame) {
    busy = true;
    int now = life;
    String text = frame.getString(HEAD, frame.length() - 3, StandardCharsets.ISO_8859_1.name());
    model
        .execute(text)
        .onComplete(
            done -> {
              if (now != life) return;
              busy = false;
              if (done.succeeded()) reply(done.result());
              read();
            });
  }

  private void reply(String text) {
    Buffer frame =
        Buffer.buffer()
            .appendByte(STX)
            .appendString("%03d".formatted(text.length()))
            .appendBytes(text.getBytes(StandardCharsets.ISO_8859_1))
            .appendByte(ETX);
    line.send(frame.appendString(check(frame, frame.length())));
  }

  private void drop(int bytes) {
    waiting = waiting.getBuffer(bytes, waiting.length());
  }

  private static String check(Buffer frame, int to) {
    int check = 0;
    for (int i = 1; i < to; i++) check ^= frame.getByte(i) & 0xFF;
    return "%02X".formatted(check);
  }
}
