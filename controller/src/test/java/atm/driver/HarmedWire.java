package atm.driver;

import atm.link.ByteConnector;
import atm.link.ByteLink;
import atm.link.HeldTime;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sim.mechanics.Faults;
import sim.wire.Line;

/// The wire between a driver and a simulated device on one thread. Harms one byte, counted from
/// when it is armed.
public final class HarmedWire implements ByteConnector {
  /// What happens to one byte.
  public enum Harm {
    CUT,
    LOST,
    LATE,
    DOUBLED,
    CHANGED
  }

  /// Longer than the times for an ACK and for a frame, shorter than that for a reply.
  private static final int LATE_MS = 5_000;

  private final Context context;
  private final HeldTime time;
  private final int at;
  private final boolean ofDriver;
  private final Harm harm;
  private final int change;
  private final Line line = new Line(new Faults());
  private final Buffer log = Buffer.buffer();
  private final List<Runnable> moving = new ArrayList<>();
  private int writesUntil;
  private Runnable onWrite = () -> {};
  private boolean armed;
  private int sent;
  private int received;
  private End end;

  /// @param at which byte from when it is armed, or -1 for none
  /// @param ofDriver whether of what the driver says
  /// @param change what a changed byte is changed by
  public HarmedWire(
      Context context, HeldTime time, int at, boolean ofDriver, Harm harm, int change) {
    this.context = context;
    this.time = time;
    this.at = at;
    this.ofDriver = ofDriver;
    this.harm = harm;
    this.change = change;
  }

  /// Nothing is on its way.
  public boolean quiet() {
    return moving.isEmpty();
  }

  /// The device's end.
  public Line line() {
    return line;
  }

  public void arm() {
    armed = true;
  }

  public void disarm() {
    armed = false;
  }

  /// How many bytes the driver has sent since it was armed, and how many the device.
  public int sent() {
    return sent;
  }

  public int received() {
    return received;
  }

  /// Does `act` while the driver's next write, or the one `writes` from now, is on its way.
  public void onWrite(int writes, Runnable act) {
    writesUntil = writes;
    onWrite = act;
  }

  /// All that the driver ever said.
  public Buffer said() {
    return log;
  }

  @Override
  public Future<ByteLink> open(Duration within) {
    End fresh = new End();
    end = fresh;
    line.attach(bytes -> carry(bytes, false, fresh, b -> fresh.onBytes.accept(b)), this::cut);
    return Future.succeededFuture(fresh);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private void cut() {
    end.fail(new IOException("cut"));
  }

  /// Byte by byte, each in a turn of its own: what is late makes all after it late.
  private void carry(Buffer bytes, boolean fromDriver, End on, Consumer<Buffer> to) {
    if (fromDriver) log.appendBuffer(bytes);
    for (byte b : bytes.getBytes()) {
      int index = fromDriver ? sent : received;
      boolean hit = armed && fromDriver == ofDriver && index == at;
      if (armed && fromDriver) sent++;
      if (armed && !fromDriver) received++;
      Consumer<Byte> arrive =
          one -> {
            if (!on.ended.future().isComplete()) to.accept(Buffer.buffer().appendByte(one));
          };
      if (!hit) on.pass(fromDriver, () -> arrive.accept(b));
      else if (harm == Harm.CUT) on.pass(fromDriver, this::cut);
      else if (harm == Harm.CHANGED) on.pass(fromDriver, () -> arrive.accept((byte) (b ^ change)));
      else if (harm == Harm.DOUBLED) {
        on.pass(fromDriver, () -> arrive.accept(b));
        on.pass(fromDriver, () -> arrive.accept(b));
      } else if (harm == Harm.LATE) on.late(fromDriver, () -> arrive.accept(b));
    }
  }

  /// The driver's end of one connection.
  private final class End implements ByteLink {
    private final Promise<IOException> ended = Promise.promise();
    private final List<Runnable> heldToDriver = new ArrayList<>();
    private final List<Runnable> heldToDevice = new ArrayList<>();
    private Consumer<Buffer> onBytes = _ -> {};

    void pass(boolean fromDriver, Runnable act) {
      List<Runnable> held = fromDriver ? heldToDevice : heldToDriver;
      if (held.isEmpty()) turn(act);
      else held.add(act);
    }

    void late(boolean fromDriver, Runnable act) {
      List<Runnable> held = fromDriver ? heldToDevice : heldToDriver;
      held.add(act);
      time.after(
          LATE_MS,
          () -> {
            List<Runnable> due = List.copyOf(held);
            held.clear();
            due.forEach(this::turn);
          });
    }

    private void turn(Runnable act) {
      moving.add(act);
      context.runOnContext(
          _ -> {
            moving.remove(act);
            act.run();
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
      if (ended.future().isComplete()) return Future.failedFuture(ended.future().result());
      if (writesUntil > 0 && --writesUntil == 0) context.runOnContext(_ -> onWrite.run());
      carry(bytes, true, this, line::arrived);
      return Future.succeededFuture();
    }

    @Override
    public Future<IOException> ended() {
      return ended.future();
    }

    @Override
    public void fail(IOException why) {
      if (ended.tryComplete(why) && end == this) line.detach();
    }

    @Override
    public Future<Void> close() {
      fail(new IOException("closed by us"));
      return Future.succeededFuture();
    }
  }
}
