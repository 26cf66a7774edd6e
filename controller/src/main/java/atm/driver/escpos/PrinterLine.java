package atm.driver.escpos;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.Fault;
import atm.link.ByteLink;
import atm.link.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/// A printer at the end of a link: jobs go down, one question at a time is answered. Runs on the
/// link's context.
final class PrinterLine {
  /// Normally a tenth of it; the manual allows this much.
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  private final DeviceKind kind;
  private final ByteLink link;
  private final Deadlines deadlines;
  private final AnswerReader reader;
  private Consumer<Answer> unasked = _ -> {};
  private Consumer<Fault> lost = _ -> {};
  private Question asked;
  private Runnable stopWatching = () -> {};
  private Fault end;

  PrinterLine(
      DeviceKind kind,
      ByteLink link,
      Deadlines deadlines,
      Function<Consumer<Answer>, AnswerReader> readers) {
    this.kind = kind;
    this.link = link;
    this.deadlines = deadlines;
    this.reader = readers.apply(this::heard);
    link.onBytes(
        bytes -> {
          for (byte b : bytes.getBytes()) reader.read(b);
        });
    link.ended().onSuccess(why -> lose(offline(why.getMessage())));
  }

  /// To be told of what was not asked for, and once of the end.
  void listen(Consumer<Answer> unasked, Consumer<Fault> lost) {
    this.unasked = unasked;
    this.lost = lost;
  }

  /// Sends what wants no answer.
  Future<Void> send(byte[] bytes) {
    if (end != null) return Future.failedFuture(new DeviceException(end));
    return link.write(Buffer.buffer(bytes))
        .recover(
            failure -> Future.failedFuture(new DeviceException(offline(failure.getMessage()))));
  }

  /// Asks, at most twice, and completes with the first answer of that kind.
  <A extends Answer> Future<A> ask(String what, byte[] question, Class<A> wanted) {
    return ask(what, question, wanted, ANSWER_WITHIN, 2);
  }

  <A extends Answer> Future<A> ask(
      String what, byte[] question, Class<A> wanted, Duration within, int tries) {
    Promise<Answer> answer = Promise.promise();
    if (end != null) {
      answer.fail(new DeviceException(end));
    } else if (asked != null) {
      answer.fail(
          new DeviceException(
              new Fault(Fault.Code.SEQUENCE, kind + ": " + what + " while " + asked.what)));
    } else {
      asked = new Question(what, question, wanted, within, answer);
      asked.put(tries);
    }
    return answer.future().map(wanted::cast);
  }

  /// No answer is wanted any more to what is asked, if anything is.
  void giveUp(Fault why) {
    if (asked != null) asked.over(answer -> answer.fail(new DeviceException(why)));
  }

  /// Does `act` once `within` has passed, unless the line ends before.
  void later(Duration within, Runnable act) {
    stopWatching.run();
    if (end == null) stopWatching = deadlines.after(within, act);
  }

  /// Completes after `within`.
  Future<Void> pause(Duration within) {
    Promise<Void> over = Promise.promise();
    deadlines.after(within, over::complete);
    return over.future();
  }

  void lose(Fault why) {
    if (end != null) return;
    Consumer<Fault> told = lost;
    finish(why);
    told.accept(why);
  }

  Future<Void> close(Fault why) {
    finish(why);
    return link.close();
  }

  private void finish(Fault why) {
    if (end != null) return;
    end = why;
    lost = _ -> {};
    stopWatching.run();
    giveUp(why);
  }

  private void heard(Answer answer) {
    if (asked != null && asked.wanted.isInstance(answer)) {
      asked.over(waiting -> waiting.complete(answer));
    } else {
      unasked.accept(answer);
    }
  }

  private Fault offline(String why) {
    return new Fault(Fault.Code.OFFLINE, kind + ": " + why);
  }

  private final class Question {
    private final String what;
    private final byte[] bytes;
    private final Class<? extends Answer> wanted;
    private final Duration within;
    private final Promise<Answer> answer;
    private Runnable stop = () -> {};

    Question(
        String what,
        byte[] bytes,
        Class<? extends Answer> wanted,
        Duration within,
        Promise<Answer> answer) {
      this.what = what;
      this.bytes = bytes;
      this.wanted = wanted;
      this.within = within;
      this.answer = answer;
    }

    void put(int tries) {
      reader.forget();
      stop = deadlines.after(within, () -> late(tries - 1));
      // A link that takes nothing has ended, and tells so itself.
      link.write(Buffer.buffer(bytes));
    }

    private void late(int triesLeft) {
      if (triesLeft > 0) {
        put(triesLeft);
        return;
      }
      Fault silent =
          new Fault(
              Fault.Code.TIMEOUT,
              "%s: no answer to %s within %d ms".formatted(kind, what, within.toMillis()));
      over(waiting -> waiting.fail(new DeviceException(silent)));
    }

    void over(Consumer<Promise<Answer>> outcome) {
      stop.run();
      asked = null;
      outcome.accept(answer);
    }
  }
}
