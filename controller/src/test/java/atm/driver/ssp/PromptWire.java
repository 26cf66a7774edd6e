package atm.driver.ssp;

import atm.link.ByteConnector;
import atm.link.ByteLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import sim.mechanics.Faults;
import sim.wire.Line;

/// The wire between drivers and a simulated unit on one thread, which carries each message whole,
/// in the next turn.
final class PromptWire implements ByteConnector {
  private final Context context;
  private final Line line = new Line(new Faults());
  private int moving;

  PromptWire(Context context) {
    this.context = context;
  }

  /// The device's end.
  Line line() {
    return line;
  }

  /// Nothing is on its way.
  boolean quiet() {
    return moving == 0;
  }

  @Override
  public Future<ByteLink> open(Duration within) {
    End end = new End();
    line.attach(
        bytes -> end.carry(() -> end.onBytes.accept(bytes)),
        () -> end.fail(new IOException("cut")));
    return Future.succeededFuture(end);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private final class End implements ByteLink {
    private final Promise<IOException> ended = Promise.promise();
    private Consumer<Buffer> onBytes = _ -> {};

    void carry(Runnable arrival) {
      moving++;
      context.runOnContext(
          _ -> {
            moving--;
            if (!ended.future().isComplete()) arrival.run();
          });
    }

    @Override
    public String at() {
      return "wire";
    }

    @Override
    public void onBytes(Consumer<Buffer> handler) {
      onBytes = handler;
    }

    @Override
    public Future<Void> write(Buffer bytes) {
      carry(() -> line.arrived(bytes));
      return Future.succeededFuture();
    }

    @Override
    public Future<IOException> ended() {
      return ended.future();
    }

    @Override
    public void fail(IOException why) {
      if (ended.tryComplete(why)) line.detach();
    }

    @Override
    public Future<Void> close() {
      fail(new IOException("closed by us"));
      return Future.succeededFuture();
    }
  }
}
