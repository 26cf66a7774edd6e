package atm.driver.crt310;

import atm.driver.crt310.Crt310Wire.Moved;
import atm.driver.crt310.Crt310Wire.Protocol;
import atm.driver.crt310.Crt310Wire.Refusal;
import atm.driver.emv.BadCard;
import atm.driver.emv.Chip;
import atm.driver.emv.Contact;
import atm.driver.emv.Emv;
import atm.driver.emv.SilentChip;
import atm.link.Deadlines;
import atm.value.Track2;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/// The chip of the card inside. It has contact and power while it is read and no longer, so that a
/// card with a chip moves as one without does. A thread of this reader's own asks and waits; the
/// wire stays on the device's context, where all of this is called.
final class Crt310Chip {
  /// Chips tell their number within two seconds. One that has always more to say must not keep the
  /// customer, whose card is inside.
  private static final Duration READ_WITHIN = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Deadlines deadlines;
  private final Clock clock;
  private final WorkerExecutor thread;
  private final SecureRandom random = new SecureRandom();

  Crt310Chip(Vertx vertx, Deadlines deadlines, Clock clock) {
    this.vertx = vertx;
    this.deadlines = deadlines;
    this.clock = clock;
    this.thread =
        vertx.createSharedWorkerExecutor("crt-310 chip " + System.identityHashCode(this), 1);
  }

  /// Fails with a `SilentChip` where there is none or it does not answer, with a `BadCard` where it
  /// answers nothing of use, and otherwise with what became of the wire.
  Future<Track2> read(Crt310Wire wire) {
    Patience patience = new Patience();
    Runnable stop = deadlines.after(READ_WITHIN, patience::end);
    return toContacts(wire)
        .compose(_ -> powered(wire, patience).recover(failure -> again(failure, wire, patience)))
        .recover(failure -> Future.failedFuture(meant(failure)))
        .onComplete(_ -> stop.run())
        .transform(
            read ->
                read.succeeded()
                    ? release(wire).map(read.result())
                    : isOfTheChip(read.cause())
                        ? release(wire).compose(_ -> Future.failedFuture(read.cause()))
                        : Future.failedFuture(read.cause()));
  }

  /// Takes power and contact away from a chip that may have both. A reader that refuses lifts the
  /// contacts when the card is moved.
  static Future<Void> release(Crt310Wire wire) {
    return unlessRefused(wire.chipPower(false)).compose(_ -> unlessRefused(wire.fromContacts()));
  }

  Future<Void> close() {
    return thread.close();
  }

  private static Future<Void> toContacts(Crt310Wire wire) {
    return wire.toContacts()
        .compose(
            moved ->
                moved == Moved.YES
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new SilentChip("the contacts do not get to the card: " + moved)));
  }

  private Future<Track2> powered(Crt310Wire wire, Patience patience) {
    Context context = vertx.getOrCreateContext();
    return wire.chipPower(true)
        .compose(
            on ->
                on
                    ? wire.chipReset()
                    : Future.failedFuture(new SilentChip("the chip gets no power")))
        .compose(
            protocol -> {
              Contact contact = contact(context, wire, protocol, patience);
              // Not in order behind, or before, what else blocks on this context: a serial port
              // is written to in that way, and would wait for us.
              return thread.executeBlocking(
                  () -> new Emv(new Chip(contact), clock, random).read(), false);
            });
  }

  /// The sheet of chips: power-cycle once. So is an answer that came broken dealt with: what was
  /// asked may not be asked twice, as a chip begins an application once.
  private Future<Track2> again(Throwable failure, Crt310Wire wire, Patience patience) {
    boolean mayHelp = failure instanceof SilentChip || failure instanceof ProtocolException;
    return mayHelp && !patience.over
        ? wire.chipPower(false).compose(_ -> powered(wire, patience))
        : Future.failedFuture(failure);
  }

  /// For the thread that waits.
  private static Contact contact(
      Context context, Crt310Wire wire, Protocol protocol, Patience patience) {
    return command -> {
      if (patience.over)
        throw new SilentChip("the chip was not read within " + READ_WITHIN.toSeconds() + " s");
      Promise<byte[]> answer = Promise.promise();
      context.runOnContext(_ -> wire.exchange(protocol, command).onComplete(answer));
      try {
        // Ends with the wire's own deadline, or with the wire.
        return answer.future().toCompletionStage().toCompletableFuture().get();
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof IOException known ? known : new IOException(failed);
      } catch (InterruptedException stopped) {
        throw new InterruptedIOException("stopped while a chip was asked");
      }
    };
  }

  /// A reader without contacts refuses: to the card, that is a chip that says nothing.
  private static Throwable meant(Throwable failure) {
    return failure instanceof Refusal refusal
        ? new SilentChip("the reader refuses: " + refusal.getMessage(), refusal)
        : failure;
  }

  private static boolean isOfTheChip(Throwable failure) {
    return failure instanceof SilentChip || failure instanceof BadCard;
  }

  private static Future<Void> unlessRefused(Future<?> done) {
    return done.<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof Refusal
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  /// Seen from both threads.
  private static final class Patience {
    volatile boolean over;

    void end() {
      over = true;
    }
  }
}
