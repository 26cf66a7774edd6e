package atm.fuzz;

import atm.link.HeldTime;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.Pace;
import sim.mechanics.SimDevice;
import sim.mechanics.StateFile;
import sim.wire.Line;
import sim.wire.LineTimers;

/// One simulated device at the end of a wire without a wire, new each time. Its mechanics take no
/// time, its turns are taken on this thread, and its timers run out when all else is done; what it
/// throws is thrown here.
public final class PlayedWire {
  // A command of a few bytes moves sixty notes at most, each in some turns.
  private static final int TURNS_MAX = 1_000_000;
  // Of a device that sets one whenever one ran out.
  private static final int TIMERS_MAX = 20;

  private final Deque<Runnable> turns = new ArrayDeque<>();
  private final HeldTime time = new HeldTime();
  private final Map<Long, Runnable> timers = new HashMap<>();
  private final Vertx vertx = vertx();
  private final Pace pace = new Pace(vertx, context(), 0);
  private Line line;
  private Buffer answer = Buffer.buffer();

  /// As pieces, each after the number of its bytes.
  static List<byte[]> pieces(byte[] bytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + (bytes[at] & 0x3F));
      if (end > at + 1) pieces.add(Arrays.copyOfRange(bytes, at + 1, end));
      at = end;
    }
    return pieces;
  }

  public Pace pace() {
    return pace;
  }

  /// One that has timers and nothing else.
  public Vertx withTimers() {
    return vertx;
  }

  /// A memory that nothing is in.
  public StateFile memory(String device) {
    try {
      Path file = Folder.at(device + ".json");
      Files.deleteIfExists(file);
      return new StateFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The device's end.
  public Line line(List<SimDevice> devices) {
    line = new Line(devices.stream().map(SimDevice::faults).toList());
    line.attach(sent -> answer = sent, () -> {});
    return line;
  }

  public LineTimers timers() {
    return time::after;
  }

  /// Sends these bytes and lets the device do what it makes of them; answers what it said last.
  public Buffer send(Buffer bytes) {
    answer = Buffer.buffer();
    line.arrived(bytes);
    rest();
    return answer;
  }

  /// What a person does, where the device lets it.
  public void hand(Runnable act) {
    try {
      act.run();
    } catch (ImpossibleAct no) {
      // That is an answer too.
    }
    rest();
  }

  public void rest() {
    for (int i = 0; !turns.isEmpty(); i++) {
      if (i == TURNS_MAX) throw new AssertionError("does not come to rest");
      turns.remove().run();
    }
  }

  public void letTimePass() {
    for (int i = 0; i < TIMERS_MAX && time.pass(); i++) rest();
  }

  private Context context() {
    return only(
        Context.class,
        (_, method, arguments) -> {
          if (!method.getName().equals("runOnContext")) {
            throw new UnsupportedOperationException(method.getName());
          }
          @SuppressWarnings("unchecked")
          Handler<Void> turn = (Handler<Void>) arguments[0];
          turns.add(() -> turn.handle(null));
          return null;
        });
  }

  private Vertx vertx() {
    return only(
        Vertx.class,
        (_, method, arguments) -> {
          switch (method.getName()) {
            case "timer" -> {
              Promise<Void> over = Promise.promise();
              time.after((long) arguments[0], over::complete);
              return over.future();
            }
            case "setTimer" -> {
              @SuppressWarnings("unchecked")
              Handler<Long> over = (Handler<Long>) arguments[1];
              long id = timers.size();
              timers.put(id, time.after((long) arguments[0], () -> over.handle(id)));
              return id;
            }
            case "cancelTimer" -> {
              timers.get((long) arguments[0]).run();
              return true;
            }
            default -> throw new UnsupportedOperationException(method.getName());
          }
        });
  }

  private static <T> T only(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
