package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import atm.Atm;
import atm.Keys;
import atm.config.Config;
import atm.driver.Drivers;
import atm.ledger.BookUnit;
import atm.ledger.Ledger;
import atm.screen.Texts;
import atm.value.AccountNumber;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import sim.Settings;
import sim.Simulator;

/// A whole machine on loopback: the simulator and the controller, each on a Vert.x of its own, with
/// nothing between them but the wire. Mechanics take no time.
final class TestMachine {
  private static final int PORTS_FROM = 20_000;
  private static final int PORTS = 10_000;
  private static final AtomicInteger nextPort =
      new AtomicInteger(Math.floorMod(ProcessHandle.current().pid() * 997, PORTS));
  private static final Map<String, Integer> PATIENT =
      Map.of("entry", 60, "take-card", 60, "take-cash", 60, "take-receipt", 60, "message", 1);

  static final AccountNumber ALICES_ACCOUNT = new AccountNumber("1000000008");

  final Path folder;
  final Path configuration;
  final Vertx simVertx = Vertx.vertx();
  Simulator simulator;
  private Vertx vertx;
  private Atm atm;

  private TestMachine(Path folder, Path configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /// A machine whose customers have a minute for everything but what `hurried` gives them, in
  /// seconds.
  static TestMachine simulated(Path folder, Map<String, Integer> hurried) throws Exception {
    return simulated(folder, Path.of("../devices.yaml"), hurried);
  }

  /// As one of the configurations that we ship describes it.
  static TestMachine simulated(Path folder, Path configuration, Map<String, Integer> hurried)
      throws Exception {
    Map<String, Integer> timeouts = new TreeMap<>(PATIENT);
    timeouts.putAll(hurried);
    String shipped = Files.readString(configuration);
    String yaml =
        shipped
            .replace(":5846/", ":" + freePort() + "/")
            .replaceAll("port: 8080", "port: " + freePort())
            .replaceAll("port: 7070", "port: " + freePort())
            .replaceAll("speed: [0-9.]+", "speed: 0");
    for (var timeout : timeouts.entrySet()) {
      yaml =
          yaml.replaceAll("(?m)^(    " + timeout.getKey() + "): \\d+", "$1: " + timeout.getValue());
    }
    Path file = Files.writeString(folder.resolve("devices.yaml"), yaml);
    Keys.ceremony(folder, new PrintStream(PrintStream.nullOutputStream()));
    TestMachine machine = new TestMachine(folder, file);
    machine.simulator = done(Simulator.start(machine.simVertx, Settings.read(file, folder)));
    return machine;
  }

  TestMachine withController() throws Exception {
    startController();
    return this;
  }

  int consolePort() throws Exception {
    return config().consolePort();
  }

  private Config config() throws Exception {
    return Config.read(configuration, _ -> List.of(), Texts::has);
  }

  void startController() throws Exception {
    startController(Drivers.find(folder.resolve("drivers")));
  }

  void startController(Drivers drivers) throws Exception {
    vertx = Vertx.vertx();
    Config config = Config.read(configuration, drivers::mistakes, Texts::has);
    atm =
        Atm.start(
            vertx,
            drivers,
            new Atm.Setup(config, folder, config.consolePort(), true),
            Clock.systemUTC());
  }

  void stopController() throws Exception {
    atm.stop();
    done(vertx.close());
    atm = null;
    vertx = null;
  }

  Stranger stranger() {
    return new Stranger(atm.port(), simulator.port());
  }

  Ledger ledger() {
    return atm.ledger();
  }

  int port() {
    return atm.port();
  }

  /// Books and boxes, each by its own count, and the books among themselves.
  void booksAndBoxesAgree() throws Exception {
    agree(atm.ledger(), done(simulator.call(simulator::state)));
  }

  static void agree(Ledger ledger, JsonObject state) throws Exception {
    assertThat(done(ledger.invariants())).isEmpty();
    JsonObject boxes = state.getJsonObject("cash-dispenser");
    Map<String, Integer> book = new TreeMap<>();
    Map<String, Integer> rejected = new TreeMap<>();
    Map<String, Integer> retracted = new TreeMap<>();
    Map<String, Integer> deposited = new TreeMap<>();
    Map<String, Integer> depositsRetracted = new TreeMap<>();
    Map<String, Integer> counterfeit = new TreeMap<>();
    for (BookUnit unit : ledger.cashUnits()) {
      String note = unit.note().map(n -> n.minor() / 100 + " " + n.currency()).orElse("");
      switch (unit.id()) {
        case BookUnit.REJECT -> rejected.merge(note, unit.count(), Integer::sum);
        case BookUnit.RETRACT -> retracted.merge(note, unit.count(), Integer::sum);
        case BookUnit.DEPOSIT -> deposited.merge(note, unit.count(), Integer::sum);
        case BookUnit.DEPOSIT_RETRACT -> depositsRetracted.merge(note, unit.count(), Integer::sum);
        case BookUnit.COUNTERFEIT ->
            counterfeit.merge(note + " counterfeit", unit.count(), Integer::sum);
        default -> book.put(unit.id(), unit.count());
      }
    }
    Map<String, Integer> cassettes =
        boxes.getJsonArray("cassettes").stream()
            .map(JsonObject.class::cast)
            .collect(Collectors.toMap(c -> c.getString("id"), c -> c.getInteger("count")));
    assertThat(book)
        .as("cassettes by the books and by the simulator")
        .isEqualTo(new TreeMap<>(cassettes));
    assertThat(withoutZeros(rejected)).as("reject bin").isEqualTo(counts(boxes, "reject"));
    assertThat(withoutZeros(retracted)).as("retract bin").isEqualTo(counts(boxes, "retract"));
    JsonObject acceptor = state.getJsonObject("cash-acceptor");
    if (acceptor == null) return;
    assertThat(withoutZeros(deposited)).as("deposit bins").isEqualTo(bins(acceptor));
    assertThat(withoutZeros(depositsRetracted))
        .as("the acceptor's retract bin")
        .isEqualTo(counts(acceptor, "retract"));
    assertThat(withoutZeros(counterfeit))
        .as("suspected counterfeits")
        .isEqualTo(counts(acceptor, "suspect"));
  }

  private static Map<String, Integer> bins(JsonObject acceptor) {
    Map<String, Integer> notes = new TreeMap<>();
    for (Object bin : acceptor.getJsonArray("bins")) {
      counts((JsonObject) bin, "notes")
          .forEach((note, count) -> notes.merge(note, count, Integer::sum));
    }
    return notes;
  }

  private static Map<String, Integer> counts(JsonObject boxes, String bin) {
    Map<String, Integer> counts = new TreeMap<>();
    boxes
        .getJsonObject(bin)
        .forEach(entry -> counts.put(entry.getKey(), (Integer) entry.getValue()));
    return withoutZeros(counts);
  }

  private static Map<String, Integer> withoutZeros(Map<String, Integer> counts) {
    Map<String, Integer> kept = new TreeMap<>(counts);
    kept.values().removeIf(count -> count == 0);
    return kept;
  }

  /// A port that nobody listens at. The system would give one that it may give to somebody else a
  /// moment later; these are below those, and each process goes on from a place of its own.
  static int freePort() {
    while (true) {
      int port = PORTS_FROM + Math.floorMod(nextPort.getAndIncrement(), PORTS);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // The next one then.
      }
    }
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  void close() throws Exception {
    if (atm != null) atm.stop();
    if (vertx != null) done(vertx.close());
    done(simulator.close());
    done(simVertx.close());
  }
}
