package sim;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import sim.mechanics.Card;
import sim.mechanics.Pace;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.mechanics.StateFile;
import sim.wire.Door;
import sim.wire.TcpDoor;
import sim.xfs4iot.SecurityKeys;
import sim.xfs4iot.Xfs4IotServer;

/// One simulated machine, with its mechanics, wires and back door all on one Vert.x context. The
/// bus address of its state is the Vert.x instance's, so each machine wants an instance of its own.
public final class Simulator {
  private final Vertx vertx;
  private final Settings settings;
  private final Map<String, SimDevice> devices = new LinkedHashMap<>();
  private final Map<String, Xfs4IotServer> wires = new LinkedHashMap<>();
  private final Map<String, Door> doors = new LinkedHashMap<>();
  private final Machine machine = new Machine();
  private final WireLog wireLog;
  private FileChannel lock;
  private HttpServer door;
  private long seq;
  private String deployment;

  private Simulator(Vertx vertx, Settings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.wireLog =
        new WireLog(
            Clock.systemUTC(), message -> vertx.eventBus().publish(BackDoor.MESSAGES, message));
  }

  /// Starts a machine where it stopped: what its folder remembers is in it. Fails with a
  /// sentence when it cannot.
  public static Future<Simulator> start(Vertx vertx, Settings settings) {
    Simulator simulator = new Simulator(vertx, settings);
    return vertx
        .deployVerticle(simulator.machine)
        .map(
            id -> {
              simulator.deployment = id;
              return simulator;
            });
  }

  /// Stops playing; notes and cards stay where they are.
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  /// The port the back door listens at.
  public int port() {
    return door.actualPort();
  }

  public Map<String, SimDevice> devices() {
    return Collections.unmodifiableMap(devices);
  }

  /// The port at which a device is played; the configured one, unless that is 0.
  public int wirePort(String device) {
    return doors.get(device) instanceof TcpDoor door
        ? door.port()
        : wires.get(wireOf(played(device).at())).port();
  }

  private Settings.Played played(String device) {
    return settings.devices().stream()
        .filter(played -> played.device().equals(device))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no device " + device + " is played"));
  }

  /// Does something with the mechanics, on their context.
  public <T> Future<T> call(Callable<T> work) {
    Promise<T> done = Promise.promise();
    machine
        .context()
        .runOnContext(
            _ -> {
              try {
                done.complete(work.call());
              } catch (Exception e) {
                done.fail(e);
              }
            });
    return done.future();
  }

  /// What the back door shows now. On the context only: see [#call].
  public JsonObject state() {
    return MachineState.of(seq, settings.speed(), devices.values(), settings.customers());
  }

  private final class Machine extends VerticleBase {
    io.vertx.core.Context context() {
      return context;
    }

    @Override
    public Future<?> start() throws Exception {
      lock = lock(settings.folder());
      return Future.<Void>succeededFuture().compose(_ -> play()).onFailure(_ -> unlock());
    }

    @Override
    public Future<?> stop() {
      return Future.join(doors.values().stream().distinct().map(Door::close).toList())
          .onComplete(_ -> unlock());
    }

    private Future<?> play() {
      DeviceKeys keys = DeviceKeys.read(settings.folder().resolve("device.keys"));
      Pace pace = new Pace(vertx, context, settings.speed());
      Map<Unit, List<SimDevice>> units = new LinkedHashMap<>();
      for (Settings.Played played : settings.devices()) {
        SimDevice device = build(played, pace, keys);
        devices.put(played.device(), device);
        if (ByteWires.plays(played.device(), played.driver())) {
          units.computeIfAbsent(unitOf(played), _ -> new ArrayList<>()).add(device);
        } else {
          serve(wire(played.at()), played.at(), device, keys);
        }
      }
      units.forEach(
          (unit, parts) -> {
            Door door = ByteWires.open(vertx, context, parts, unit.driver(), unit.at());
            parts.forEach(part -> doors.put(part.name(), door));
          });
      Hands hands = new Hands(devices.values(), settings.customers());
      Scenarios scenarios =
          new Scenarios(vertx, hands, settings.customers(), Simulator.this::state, pace);
      BackDoor backDoor =
          new BackDoor(
              vertx, hands, Simulator.this::state, wireLog, scenarios, settings.consolePort());
      devices
          .values()
          .forEach(
              device ->
                  device.listen(
                      _ -> {
                        seq++;
                        backDoor.changed();
                        scenarios.changed();
                      }));
      return openWires()
          .compose(_ -> openDoors())
          .compose(_ -> backDoor.listen(settings.port()))
          .recover(e -> Future.failedFuture(inUse("the back door", settings.port(), e)))
          .onSuccess(server -> door = server);
    }

    /// Devices at the same host and port share a server, as services of one machine do.
    private Xfs4IotServer wire(URI at) {
      return wires.computeIfAbsent(
          wireOf(at),
          _ ->
              new Xfs4IotServer(vertx, context, at.getHost(), at.getPort(), settings.dialect())
                  .tap(wireLog::heard));
    }

    private Future<Void> openWires() {
      Future<Void> open = Future.succeededFuture();
      for (var wire : wires.entrySet()) {
        open =
            open.compose(_ -> wire.getValue().start())
                .recover(e -> Future.failedFuture(inUse("XFS4IoT", wire.getKey(), e)));
      }
      return open;
    }

    /// One after the other, so that the first that cannot be opened is the one that is told of.
    private Future<Void> openDoors() {
      Future<Void> open = Future.succeededFuture();
      Map<String, Door> closed = new LinkedHashMap<>();
      doors.forEach(
          (device, door) -> {
            if (!closed.containsValue(door)) closed.put(device, door);
          });
      for (var door : closed.entrySet()) {
        open =
            open.compose(_ -> door.getValue().open())
                .recover(e -> Future.failedFuture(inUse(door.getKey(), door.getValue(), e)));
      }
      return open;
    }

    private void unlock() {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Devices of one driver at one wire are one unit.
  private record Unit(String driver, URI at) {}

  private static Unit unitOf(Settings.Played played) {
    return new Unit(played.driver(), played.at());
  }

  private static String wireOf(URI at) {
    return at.getAuthority();
  }

  private static void serve(Xfs4IotServer wire, URI at, SimDevice device, DeviceKeys keys) {
    String path = at.getPath().replaceAll("/+$", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    switch (device) {
      case SimCardReader reader -> wire.serve(name, reader);
      case SimPinPad pad -> wire.serve(name, pad);
      case SimReceiptPrinter printer -> wire.serve(name, printer);
      case SimCashAcceptor acceptor -> wire.serve(name, acceptor);
      case SimCashDispenser dispenser ->
          wire.serve(
              name,
              dispenser,
              new SecurityKeys(keys.authenticateHost(), keys.authenticateDevice()));
    }
  }

  private static Throwable inUse(String what, Object port, Throwable e) {
    // A sentence that names what it was for already is not wrapped in another.
    boolean named = e.getMessage() != null && e.getMessage().endsWith("is in use");
    return e instanceof BindException && !named
        ? new BindException("port " + port + " for " + what + " is in use")
        : e;
  }

  private SimDevice build(Settings.Played played, Pace pace, DeviceKeys keys) {
    StateFile file = new StateFile(settings.folder().resolve(played.device() + ".json"));
    return switch (played.device()) {
      case "card-reader" -> {
        Map<String, Card> cards =
            settings.customers().stream()
                .map(Customer::card)
                .collect(Collectors.toMap(Card::id, Function.identity()));
        yield new SimCardReader(
            pace, file, cards, ByteWires.faults(played.device(), played.driver()));
      }
      case "pin-pad" ->
          ByteWires.plays("pin-pad", played.driver())
              ? SimPinPad.ofTdes(
                  pace,
                  file,
                  keys.tdesMaster(),
                  new SecureRandom(),
                  ByteWires.faults("pin-pad", played.driver()))
              : new SimPinPad(pace, file, keys.keyEncryption(), new SecureRandom());
      case "cash-dispenser" ->
          new SimCashDispenser(
              pace, file, played.cassettes(), ByteWires.faults(played.device(), played.driver()));
      case "cash-acceptor" ->
          new SimCashAcceptor(
              pace,
              file,
              played.notes(),
              played.bins(),
              ByteWires.acceptor(played.driver()),
              ByteWires.faults(played.device(), played.driver()));
      case "receipt-printer" ->
          new SimReceiptPrinter(pace, file, ByteWires.faults(played.device(), played.driver()));
      default -> throw new IllegalArgumentException("no simulated " + played.device());
    };
  }

  /// Two simulators on one folder would each write over what the other knows of its notes.
  private static FileChannel lock(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // the same JVM has it: told below like any other
    }
    channel.close();
    throw new IOException(folder + " is in use by another simulator");
  }
}
