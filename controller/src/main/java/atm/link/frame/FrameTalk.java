package atm.link.frame;

import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.function.Consumer;

/// A conversation in frames over one link: one exchange at a time, each with an end. Skips noise,
/// has a bad reply repeated, tells late replies from right ones. For the context of the link.
public final class FrameTalk {
  private static final byte ENQ = 0x05;
  private static final byte ACK = 0x06;
  private static final byte NAK = 0x15;

  /// As the sheets have it; a line on which three in a row fail needs a person.
  private static final int TRIES = 3;

  /// Stray bytes before an ACK come by the handful. More is another device, or another speed.
  private static final int NOISE_MAX = 1024;

  private enum Phase {
    /// Sent; neither ACK nor NAK yet.
    SENT,
    /// The device has it.
    TAKEN,
    /// A command that must not be repeated was not acknowledged: a question to which the answer
    /// can only come from an idle device is out.
    DOUBT
  }

  private final ByteLink link;
  private final Manner manner;
  private final Deadlines deadlines;
  private Buffer pending = Buffer.buffer();
  private boolean reading;
  private Exchange running;
  private Runnable stopFrameTimer = () -> {};

  public FrameTalk(ByteLink link, Manner manner, Deadlines deadlines) {
    this.link = link;
    this.manner = manner;
    this.deadlines = deadlines;
    link.onBytes(this::receive);
    link.ended().onSuccess(this::ended);
  }

  /// Sends a command that does no harm when it is carried out twice, again where it draws NAK or
  /// nothing, and answers with the reply's whole frame.
  public Future<Buffer> ask(Buffer command, Duration replyWithin) {
    Promise<Buffer> answer = Promise.promise();
    start(new Exchange(command, null, replyWithin, once -> end(once, answer)));
    return answer.future();
  }

  /// Sends a command that must not be carried out twice, and so is never sent twice. Always
  /// answers.
  ///
  /// @param question harmless, and asked at no other time, so that its answer cannot be a late one
  public Future<Once> once(Buffer command, Duration replyWithin, Buffer question) {
    Promise<Once> answer = Promise.promise();
    start(new Exchange(command, question, replyWithin, answer::complete));
    return answer.future();
  }

  private static void end(Once once, Promise<Buffer> answer) {
    switch (once) {
      case Once.Replied(Buffer reply, _) -> answer.complete(reply);
      case Once.NotBegun(String why, _) -> answer.fail(new IOException(why));
      case Once.Lost(IOException why) -> answer.fail(why);
    }
  }

  private void start(Exchange exchange) {
    if (running != null) throw new IllegalStateException(link.at() + ": an exchange is under way");
    if (link.ended().isComplete()) {
      exchange.lost(link.ended().result());
      return;
    }
    running = exchange;
    exchange.sendCommand(exchange.command);
  }

  private void ended(IOException why) {
    stopFrameTimer.run();
    if (running != null) running.lost(why);
  }

  // What arrives.

  private void receive(Buffer bytes) {
    stopFrameTimer.run();
    pending.appendBuffer(bytes);
    // What we say while reading may be answered within the call; it is read in its turn.
    if (reading) return;
    reading = true;
    int at = 0;
    while (at < pending.length()) {
      int length = manner.shape().length(pending, at);
      if (length == FrameShape.NO_FRAME) {
        control(pending.getByte(at++));
      } else if (length == FrameShape.TOO_SHORT || pending.length() - at < length) {
        stopFrameTimer = deadlines.after(manner.frameWithin(), this::cutShort);
        break;
      } else {
        Buffer frame = pending.getBuffer(at, at + length);
        at += length;
        frame(frame);
      }
    }
    pending = pending.getBuffer(at, pending.length());
    reading = false;
  }

  private void cutShort() {
    int seen = pending.length();
    pending = Buffer.buffer();
    badFrame("a frame cut off after " + seen + " bytes");
  }

  private void control(byte seen) {
    if (running != null) running.control(seen);
  }

  private void frame(Buffer frame) {
    String wrong = manner.shape().wrong(frame);
    if (!wrong.isEmpty()) {
      badFrame(wrong);
      return;
    }
    // Also a late one: its sender waits for this, and would send it again.
    if (manner.confirmed()) send(ACK);
    if (running != null) running.frame(frame);
  }

  private void badFrame(String wrong) {
    if (running != null) running.badFrame(wrong);
  }

  private void send(byte control) {
    link.write(Buffer.buffer().appendByte(control));
  }

  /// One command on its way to an answer.
  private final class Exchange {
    private final Buffer command;
    private final Buffer question;
    private final Duration replyWithin;
    private final Consumer<Once> answer;
    private Phase phase = Phase.SENT;
    private int sent;
    private int badReplies;
    private int noise;
    private byte lastNoise;
    private boolean clean = true;
    private String doubt = "";
    private Runnable stopTimer = () -> {};
    private Runnable stopReplyTimer = () -> {};

    Exchange(Buffer command, Buffer question, Duration replyWithin, Consumer<Once> answer) {
      this.command = command;
      this.question = question;
      this.replyWithin = replyWithin;
      this.answer = answer;
    }

    void sendCommand(Buffer bytes) {
      sent++;
      stopTimer = deadlines.after(manner.ackWithin(), () -> notTaken("no acknowledgement"));
      link.write(bytes);
    }

    void control(byte seen) {
      switch (seen) {
        case ACK -> taken();
        case NAK -> {
          if (phase != Phase.TAKEN) notTaken("a NAK");
        }
        default -> {
          lastNoise = seen;
          if (++noise > NOISE_MAX) {
            lost(new ProtocolException(link.at() + ": " + seen()));
          }
        }
      }
    }

    private void taken() {
      if (phase != Phase.SENT) return;
      phase = Phase.TAKEN;
      stopTimer.run();
      awaitReply();
      if (manner.enquiry()) send(ENQ);
    }

    private void awaitReply() {
      stopReplyTimer =
          deadlines.after(
              replyWithin,
              () ->
                  lost(
                      new NoAnswer(
                          link.at()
                              + ": no reply within "
                              + replyWithin.toMillis()
                              + " ms; "
                              + seen())));
    }

    private void notTaken(String why) {
      stopTimer.run();
      if (question == null) {
        if (sent < TRIES) sendCommand(command);
        else lost(new NoAnswer("%s: %s, %d times; %s".formatted(link.at(), why, TRIES, seen())));
        return;
      }
      if (phase == Phase.SENT) {
        phase = Phase.DOUBT;
        doubt = why;
        sent = 0;
        awaitReply();
      }
      // Past the last of these the device may still be at work: its reply is waited for.
      if (sent < TRIES) sendCommand(question);
    }

    /// What came and was not the answer.
    private String seen() {
      if (noise == 0) return "nothing else came";
      return "%d bytes that are no frame, the last %02X; another device, or another speed"
          .formatted(noise, lastNoise);
    }

    void frame(Buffer frame) {
      if (manner.shape().answers(command, frame)) {
        end(new Once.Replied(frame, clean && phase == Phase.TAKEN));
      } else if (phase == Phase.DOUBT && manner.shape().answers(question, frame)) {
        // The device does one thing at a time and in order: it has nothing else to answer.
        end(new Once.NotBegun(link.at() + ": " + doubt + ", and the device is idle", frame));
      }
    }

    void badFrame(String wrong) {
      clean = false;
      if (manner.confirmed() && ++badReplies < TRIES) {
        send(NAK);
      } else {
        lost(new ProtocolException(link.at() + ": " + wrong + " in a reply"));
      }
    }

    void lost(IOException why) {
      end(new Once.Lost(why));
    }

    private void end(Once once) {
      stopTimer.run();
      stopReplyTimer.run();
      running = null;
      answer.accept(once);
    }
  }
}
