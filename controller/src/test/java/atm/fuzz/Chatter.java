package atm.fuzz;

import atm.link.ByteLink;
import atm.link.HeldTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// A device that says its pieces whatever it is asked: one for each write, one whenever a deadline
/// passes.
public final class Chatter implements ByteLink {
  // A driver asks what it was not told some ten times at most.
  private static final int DEADLINES_MAX = 1000;

  private final Deque<byte[]> pieces;
  private final HeldTime time = new HeldTime();
  private final Promise<IOException> ended = Promise.promise();
  private Consumer<Buffer> onBytes = _ -> {};

  public Chatter(byte[] bytes) {
    this.pieces = new ArrayDeque<>(PlayedWire.pieces(bytes));
  }

  public HeldTime time() {
    return time;
  }

  /// Lets time pass until there is an answer, which is a value or an error that says something.
  public <T> T answered(Future<T> answer) {
    for (int i = 0; !answer.isComplete(); i++) {
      if (i == DEADLINES_MAX || !time.pass()) throw new AssertionError("never answered");
      say();
    }
    if (answer.succeeded()) {
      Target.said(String.valueOf(answer.result()));
      return answer.result();
    }
    if (!isKnown(answer.cause())) throw new AssertionError("no typed error", answer.cause());
    Target.said(answer.cause().getMessage());
    return null;
  }

  private static boolean isKnown(Throwable cause) {
    return cause instanceof IOException || cause instanceof atm.device.DeviceException;
  }

  private void say() {
    if (!pieces.isEmpty() && !ended.future().isComplete()) {
      onBytes.accept(Buffer.buffer(pieces.remove()));
    }
  }

  @Override
  public String at() {
    return "chatter";
  }

  @Override
  public void onBytes(Consumer<Buffer> handler) {
    onBytes = handler;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    if (ended.future().isComplete()) return Future.failedFuture(ended.future().result());
    // Within the call that asks: the quickest there can be.
    say();
    return Future.succeededFuture();
  }

  @Override
  public Future<IOException> ended() {
    return ended.future();
  }

  @Override
  public void fail(IOException why) {
    ended.tryComplete(why);
  }

  @Override
  public Future<Void> close() {
    fail(new IOException("chatter: closed by us"));
    return Future.succeededFuture();
  }
}
