package atm.driver.zt598;

import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.function.IntConsumer;

/// Our end of the wire: questions and replies in frames, and the keys that come between them. A
/// reply does not say what it answers, so questions wait for each other, and after one that was
/// repeated the next waits until no late reply can come. For the context of the link.
final class PadLine {
  /// Of the sheet, as are the four repeats. All that is asked may be asked twice.
  private static final Duration REPLY = Duration.ofSeconds(1);

  private static final int TRIES = 5;

  /// A frame comes in one go, a byte a millisecond. After a frame that is none, whatever comes may
  /// be the rest of it, and must not be taken for keys, until the line was quiet that long.
  private static final Duration QUIET = Duration.ofMillis(200);

  /// Strange bytes since the last good frame. More is another device, or another speed.
  private static final int NOISE_MAX = 1024;

  final ByteLink link;
  private final Deadlines deadlines;
  private IntConsumer onKey = _ -> {};
  private Buffer frame = Buffer.buffer();
  private boolean deaf;
  private String garbled = "";
  private int noise;
  private Runnable stopQuiet = () -> {};

  /// Each piece that arrives is a turn.
  private long turn;

  private Future<?> last = Future.succeededFuture();
  private Question running;
  private int repliesOwed;
  private Promise<Void> settled;

  PadLine(ByteLink link, Deadlines deadlines) {
    this.link = link;
    this.deadlines = deadlines;
    link.onBytes(this::receive);
    link.ended().onSuccess(this::ended);
  }

  /// To be told of each byte outside of frames from now on, instead of whoever was told before.
  void onKey(IntConsumer handler) {
    onKey = handler;
  }

  /// The reply of success, of that shape, or a `PadRefusal`; late replies to others are not taken
  /// for it, as far as their shape tells.
  Future<PadReply> ask(String text, PadReply.Shape wanted) {
    Future<PadReply> mine =
        last.transform(_ -> settled())
            .transform(
                _ -> {
                  Promise<PadReply> answer = Promise.promise();
                  if (link.ended().isComplete()) answer.fail(link.ended().result());
                  else new Question(PadFrames.frame(text), wanted, answer).begin();
                  return answer.future();
                });
    last = mine;
    return mine;
  }

  /// When every reply that can still come has come.
  private Future<Void> settled() {
    if (repliesOwed == 0) return Future.succeededFuture();
    settled = Promise.promise();
    Promise<Void> mine = settled;
    deadlines.after(
        REPLY,
        () -> {
          repliesOwed = 0;
          mine.tryComplete();
        });
    return mine.future();
  }

  private void ended(IOException why) {
    stopQuiet.run();
    onKey = _ -> {};
    if (settled != null) settled.tryComplete();
    if (running != null) running.fail(why);
  }

  // What arrives.

  private void receive(Buffer bytes) {
    stopQuiet.run();
    turn++;
    for (byte b : bytes.getBytes()) {
      if (link.ended().isComplete()) return;
      take(b);
    }
    if (deaf || frame.length() > 0) stopQuiet = deadlines.after(QUIET, this::quiet);
  }

  private void take(byte b) {
    if (deaf) {
      strange();
    } else if (frame.length() == 0 && b != PadFrames.STX) {
      key(b & 0xFF);
    } else if (b == PadFrames.STX && frame.length() < PadFrames.TEXT) {
      // One before was noise.
      frame = Buffer.buffer().appendByte(b);
    } else {
      frame.appendByte(b);
      if (frame.length() >= PadFrames.TEXT) grown();
    }
  }

  private void grown() {
    int length = PadFrames.length(frame);
    if (length == 0) {
      garbled("a frame without a length");
    } else if (frame.length() == length) {
      Buffer whole = frame;
      frame = Buffer.buffer();
      String wrong = PadFrames.wrong(whole);
      if (wrong.isEmpty()) heard(PadReply.of(PadFrames.text(whole)));
      else garbled(wrong);
    }
  }

  private void garbled(String why) {
    frame = Buffer.buffer();
    deaf = true;
    garbled = why;
    strange();
  }

  private void key(int code) {
    if (!PadKeys.isKnown(code)) strange();
    onKey.accept(code);
  }

  private void strange() {
    if (++noise <= NOISE_MAX) return;
    link.fail(
        new ProtocolException(
            link.at() + ": " + noise + " strange bytes; another device, or another speed"));
  }

  private void quiet() {
    if (frame.length() > 0) garbled("a frame cut off after " + frame.length() + " bytes");
    deaf = false;
    if (running != null) running.again();
  }

  private void heard(PadReply reply) {
    noise = 0;
    if (running != null && running.isAnsweredBy(reply)) {
      running.end(reply);
    } else if (repliesOwed > 0 && --repliesOwed == 0 && settled != null) {
      settled.tryComplete();
    }
  }

  /// One question on its way to a reply.
  private final class Question {
    private final Buffer bytes;
    private final PadReply.Shape wanted;
    private final Promise<PadReply> answer;
    private final long asked = turn;
    private int sent;
    private Runnable stopTimer = () -> {};

    Question(Buffer bytes, PadReply.Shape wanted, Promise<PadReply> answer) {
      this.bytes = bytes;
      this.wanted = wanted;
      this.answer = answer;
    }

    void begin() {
      running = this;
      garbled = "";
      send();
    }

    private void send() {
      sent++;
      repliesOwed++;
      stopTimer = deadlines.after(REPLY, this::again);
      link.write(bytes);
    }

    /// What came with the reply before it, in one piece, came before this was asked.
    boolean isAnsweredBy(PadReply reply) {
      return turn != asked && wanted.fits(reply);
    }

    void again() {
      stopTimer.run();
      if (sent < TRIES) {
        send();
      } else if (garbled.isEmpty()) {
        fail(
            new NoAnswer(
                "%s: no reply to a command, %d times; %s"
                    .formatted(
                        link.at(),
                        TRIES,
                        noise == 0 ? "nothing else came" : noise + " strange bytes came")));
      } else {
        fail(new ProtocolException(link.at() + ": " + garbled + " in a reply"));
      }
    }

    void end(PadReply reply) {
      stopTimer.run();
      running = null;
      repliesOwed--;
      if (reply.isGood()) answer.complete(reply);
      else answer.fail(new PadRefusal(reply.code()));
    }

    void fail(IOException why) {
      stopTimer.run();
      running = null;
      answer.tryFail(why);
    }
  }
}
