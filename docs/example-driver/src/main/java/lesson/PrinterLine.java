package lesson;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.NoAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// The line to the printer: bytes in and out, one question at a time. Whatever does not go as the
/// sheet says ends the link, because nobody knows then what the next answer would belong to. Runs
/// on the link's context.
final class PrinterLine {
  /// The sheet: a line has at most 60 bytes.
  private static final int LENGTH_MAX = 60;

  /// @param fits what is an answer to it
  private record Question(Promise<Said> answer, Class<?>[] fits, Runnable stop) {}

  private final ByteLink link;
  private final Deadlines deadlines;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private Consumer<Said.Report> reports = _ -> {};
  private Runnable stopWaiting = () -> {};
  private Question asked;
  private Fault end;

  PrinterLine(ByteLink link, Deadlines deadlines) {
    this.link = link;
    this.deadlines = deadlines;
    link.onBytes(this::arrived);
  }

  /// To be told how the printer is, whether or not it was asked, and of the end.
  void listen(Consumer<Said.Report> reports, Consumer<IOException> ended) {
    this.reports = reports;
    link.ended().onSuccess(ended::accept);
  }

  /// Asks, and completes with the first answer, which has to be one of these.
  Future<Said> ask(String what, byte[] question, Duration within, Class<?>... fits) {
    if (end != null) return Future.failedFuture(new DeviceException(end));
    if (asked != null) throw new IllegalStateException(what + " while another question is open");
    Promise<Said> answer = Promise.promise();
    NoAnswer late = new NoAnswer("no answer to " + what + " within " + within.toMillis() + " ms");
    asked = new Question(answer, fits, deadlines.after(within, () -> link.fail(late)));
    link.write(Buffer.buffer(question));
    return answer.future();
  }

  /// Does `act` once `within` has passed, unless the line ends before.
  void later(Duration within, Runnable act) {
    if (end == null) stopWaiting = deadlines.after(within, act);
  }

  /// Whoever waits for an answer is told why there is none.
  Future<Void> close(Fault why) {
    end = why;
    stopWaiting.run();
    if (asked != null) over().fail(new DeviceException(why));
    return link.close();
  }

  private void arrived(Buffer bytes) {
    for (byte b : bytes.getBytes()) {
      if (end != null || link.ended().isComplete()) return;
      if (b == '\n') {
        line(begun.toString(StandardCharsets.ISO_8859_1));
        begun.reset();
      } else if (begun.size() == LENGTH_MAX) {
        link.fail(new ProtocolException("more than " + LENGTH_MAX + " bytes without an end"));
      } else {
        begun.write(b);
      }
    }
  }

  private void line(String line) {
    try {
      Said said = Said.of(line);
      if (said instanceof Said.Report report) {
        reports.accept(report);
        if (!report.asked()) return;
      }
      if (asked == null || !fits(said)) {
        throw new ProtocolException("\"" + line + "\" answers nothing that was asked");
      }
      over().complete(said);
    } catch (ProtocolException wrong) {
      link.fail(wrong);
    }
  }

  private boolean fits(Said said) {
    for (Class<?> fit : asked.fits) if (fit.isInstance(said)) return true;
    return false;
  }

  private Promise<Said> over() {
    Promise<Said> answer = asked.answer;
    asked.stop.run();
    asked = null;
    return answer;
  }
}
