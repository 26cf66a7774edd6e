package atm.machine;

import static atm.machine.TestMachine.done;
import static atm.machine.TestMachine.freePort;

import atm.Keys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import sim.Settings;
import sim.Simulator;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;

/// The devices' side of one case, in this process, and the folder both sides write to. It lives on
/// while controllers die.
final class CrashMachine implements AutoCloseable {
  final Path folder;
  private final String yaml;
  private final Path configuration;
  private final Vertx vertx = Vertx.vertx();
  private Simulator simulator;

  private CrashMachine(Path folder, boolean acceptor) throws Exception {
    this.folder = folder;
    String shipped = Files.readString(Path.of("../devices.yaml"));
    String ports =
        shipped
            .replace(":5846/", ":" + freePort() + "/")
            .replaceAll("port: 8080", "port: " + freePort())
            .replaceAll("port: 7070", "port: " + freePort())
            .replaceAll("speed: [0-9.]+", "speed: 0");
    this.yaml =
        acceptor ? ports : ports.replaceAll("(?s)cash-acceptor:.*?(?=receipt-printer:)", "");
    this.configuration = folder.resolve("devices.yaml");
  }

  /// A folder with keys and no books yet.
  static CrashMachine unfounded(Path folder) throws Exception {
    Keys.ceremony(folder, new PrintStream(PrintStream.nullOutputStream()));
    return new CrashMachine(folder, true).started();
  }

  /// One whose bank was founded in `template`.
  static CrashMachine founded(Path template, Path folder, boolean acceptor) throws Exception {
    try (Stream<Path> files = Files.walk(template)) {
      for (Path file : files.toList()) {
        Path relative = template.relativize(file);
        if (relative.startsWith("sim") && relative.toString().endsWith(".json")) continue;
        if (!Files.isDirectory(file)) {
          Files.createDirectories(folder.resolve(relative).getParent());
          Files.copy(file, folder.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return new CrashMachine(folder, acceptor).started();
  }

  private CrashMachine started() throws Exception {
    hurries(Map.of());
    start();
    return this;
  }

  private void start() throws Exception {
    simulator = done(Simulator.start(vertx, Settings.read(configuration, folder)));
  }

  /// What the controller started next gives its customers, in seconds; a minute for all else.
  void hurries(Map<String, Integer> timeouts) throws IOException {
    Map<String, Integer> all =
        new TreeMap<>(Map.of("entry", 60, "take-card", 60, "take-cash", 60, "take-receipt", 60));
    all.put("message", 1);
    all.putAll(timeouts);
    String text = yaml;
    for (var timeout : all.entrySet()) {
      text =
          text.replaceAll("(?m)^(    " + timeout.getKey() + "): \\d+", "$1: " + timeout.getValue());
    }
    Files.writeString(configuration, text);
  }

  /// The devices' whole process ends and starts again.
  void restarts(String device, String forgets) throws Exception {
    done(simulator.close());
    if (!forgets.isEmpty()) {
      Path file = folder.resolve("sim").resolve(device + ".json");
      JsonObject state = new JsonObject(Files.readString(file));
      if (!state.containsKey(forgets)) throw new AssertionError(forgets + " in " + state.encode());
      state.put(forgets, nothing(state.getJsonObject(forgets)));
      Files.writeString(file, state.encode());
    }
    start();
  }

  /// A memory of nothing, in the words of the memory there was.
  private static JsonObject nothing(JsonObject memory) {
    JsonObject none = new JsonObject();
    memory.forEach(
        each ->
            none.put(
                each.getKey(),
                switch (each.getValue()) {
                  case JsonObject _ -> new JsonObject();
                  case JsonArray _ -> new JsonArray();
                  case Boolean _ -> false;
                  case Number _ -> 0;
                  case Object text ->
                      switch (each.getKey()) {
                        case "retracted" -> "NO";
                        case "state" ->
                            text.equals("ACTIVE") || memory.containsKey("suspect")
                                ? "NONE"
                                : "NOT_PRESENTED";
                        default -> "";
                      };
                }));
    return none;
  }

  int port() {
    return simulator.port();
  }

  JsonObject state() throws Exception {
    return hands(simulator::state);
  }

  /// Something done to the mechanics, on their context.
  <T> T hands(Callable<T> act) throws Exception {
    return done(simulator.call(act));
  }

  /// The same of an act that takes its time; returns once it is over.
  void completes(Callable<Future<?>> act) throws Exception {
    done(simulator.call(act).compose(future -> future));
  }

  void does(Runnable act) throws Exception {
    hands(
        () -> {
          act.run();
          return null;
        });
  }

  /// So many ticks of the mechanics later, and not waited for.
  void later(int ticks, Runnable act) {
    simulator.call(
        () -> {
          if (ticks == 0) act.run();
          else later(ticks - 1, act);
          return null;
        });
  }

  SimDevice device(String name) {
    return simulator.devices().get(name);
  }

  SimCashDispenser dispenser() {
    return (SimCashDispenser) device("cash-dispenser");
  }

  SimCashAcceptor acceptor() {
    return (SimCashAcceptor) device("cash-acceptor");
  }

  /// Whatever was broken or pulled is whole again.
  void mends() throws Exception {
    for (SimDevice device : simulator.devices().values()) {
      does(
          () -> {
            if (!device.plugged()) device.plug();
            JsonObject state = simulator.state().getJsonObject(device.name());
            for (Object fault : state.getJsonArray("faults")) {
              device.clearFault(((JsonObject) fault).getString("kind"));
            }
          });
    }
  }

  @Override
  public void close() {
    try {
      done(simulator.close());
      done(vertx.close());
    } catch (Exception stuck) {
      throw new IllegalStateException(stuck);
    }
  }
}
