package atm.soak;

import atm.Atm;
import atm.Keys;
import atm.SoakedAtm;
import atm.config.Config;
import atm.driver.Drivers;
import atm.ledger.Ledger;
import atm.screen.ScreenModel;
import atm.screen.Texts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import sim.Customer;
import sim.Settings;
import sim.Simulator;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.SimDevice;

/// One machine under soak: simulator, faulty wire and controller, each on loops of its own, under
/// one held time. Hands reach the simulator's mechanics, eyes the controller's display, operators
/// its desk over HTTP. For one thread.
final class Rig {
  /// No answer within the process takes longer, however busy the machine is.
  private static final int PATIENCE_S = 60;

  /// Shorter than the time between two pings, or a link would seem to have died.
  private static final Duration STEP = Duration.ofSeconds(4);

  private static final Duration WALL = Duration.ofSeconds(60);

  private static final int GLANCE_MS = 5;
  private static final int TURNS = 5;

  /// Lines of a visit's record; the end is what is looked at.
  private static final int LINES_MAX = 400;

  private final HeldTime time = new HeldTime();
  private final Vertx simVertx = time.vertx(1);
  private final FaultyWire wire = new FaultyWire(simVertx, this::note);
  private final Power power;
  private final BlockingQueue<ScreenModel> screens = new LinkedBlockingQueue<>();
  private final List<String> lines = new ArrayList<>();
  private final Path folder;
  private final Config config;
  private final Drivers drivers;
  private final List<Customer> customers;
  private final Settings settings;
  private Simulator simulator;
  private HttpClient browser = newBrowser();

  /// The controller's, for as long as one lives: what a dead one still waits for goes with it.
  private Vertx vertx;

  private Atm atm;
  private ScreenModel shown;

  Rig(Path folder, Path described) throws Exception {
    this.folder = folder;
    Keys.ceremony(folder, new PrintStream(PrintStream.nullOutputStream()));
    String yaml =
        Files.readString(described)
            .replaceAll("port: \\d+", "port: 0")
            .replaceAll("speed: [0-9.]+", "speed: 0")
            // Rich enough for a day of soak, so that limits are met but do not end everything.
            .replaceAll("balance: (\\d+) EUR", "balance: $10 EUR")
            .replaceAll("(per-day|transfers-per-day): (\\d+) EUR", "$1: $200 EUR");
    Path sim = Files.writeString(folder.resolve("sim.yaml"), yaml.replace(":5846/", ":0/"));
    settings = Settings.read(sim, folder);
    customers = settings.customers();
    power = new Power(folder, wire::isSilent, this::loseDevices, this::note);
    simulator = done(Simulator.start(simVertx, settings));
    int port = done(wire.listen(simulator.wirePort("card-reader")));
    Path file = folder.resolve("devices.yaml");
    Files.writeString(file, yaml.replace(":5846/", ":" + port + "/"));
    drivers = Drivers.find(folder.resolve("drivers"));
    config = Config.read(file, drivers::mistakes, Texts::has);
    startController();
  }

  private static HttpClient newBrowser() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .cookieHandler(new CookieManager())
        .build();
  }

  List<Customer> customers() {
    return customers;
  }

  /// Places in the wallet of those whose cards are good and not expired, and who have tries left.
  List<Integer> welcome(Pins pins) {
    return IntStream.range(0, customers.size())
        .filter(i -> pins.wrongFor(customers.get(i)) < Auditor.TRIES_MAX)
        .filter(i -> customers.get(i).state().equals("good"))
        .filter(i -> !customers.get(i).expires().isBefore(YearMonth.now(time.clock())))
        .boxed()
        .toList();
  }

  /// All accounts of one customer.
  List<String> accountsOf(Customer customer) {
    return config.simulator().orElseThrow().cards().stream()
        .filter(card -> card.id().equals(customer.id()))
        .filter(card -> card.state() != Config.DemoCard.State.FOREIGN)
        .flatMap(card -> card.accounts().stream())
        .map(account -> account.number().digits())
        .toList();
  }

  /// What can be counted now.
  Pockets pockets() throws Exception {
    List<String> accounts =
        customers.stream().flatMap(customer -> accountsOf(customer).stream()).toList();
    return Pockets.count(ledger(), accounts, state());
  }

  FaultyWire wire() {
    return wire;
  }

  Ledger ledger() {
    return atm.ledger();
  }

  /// Whether or not it could be started again.
  private void stopController() throws Exception {
    Atm stopping = atm;
    atm = null;
    if (stopping != null) stopping.stop();
    ends(vertx.close());
  }

  /// What does not end within its own time is left behind.
  private void ends(Future<?> closed) {
    for (int n = 0; n < 500 && !closed.isComplete(); n++) {
      time.pass(Duration.ofSeconds(1));
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void startController() throws Exception {
    screens.clear();
    shown = null;
    vertx = time.vertx(2);
    atm = start();
    atm.display().onShow(screens::add);
    atm.display().snapshot().ifPresent(screens::add);
  }

  private Atm start() throws Exception {
    Atm.Setup setup = new Atm.Setup(config, folder, 0, true);
    return SoakedAtm.start(
        vertx, drivers, setup, time.clock(), power::beforeWrite, () -> note("the books halt"));
  }

  Power power() {
    return power;
  }

  /// From now on nothing goes wrong, and what has gone comes back; answers whether what was armed
  /// on the wire has struck.
  boolean endsTroubles() throws Exception {
    power.staysFromNowOn();
    boolean struck = wire.disarm();
    while (power.isGoing()) {
      if (power.isOut()) powerBack(0);
      else looks(5);
    }
    return struck;
  }

  private Future<?> loseDevices(int ticks) {
    if (ticks > 0) {
      return simulator.call(() -> true).compose(_ -> loseDevices(ticks - 1));
    }
    return simulator.call(
        () -> {
          for (SimDevice device : simulator.devices().values()) {
            if (device.powered()) device.powerCut();
          }
          return null;
        });
  }

  /// What went in mid-step is stopped, and starts again on what is on disk.
  ///
  /// @param again at the controller's so many writes later it goes once more; 0 for never
  void powerBack(int again) throws Exception {
    if (power.devicesAreOut()) {
      done(simulator.close());
      simulator = done(Simulator.start(simVertx, settings));
      wire.leadsTo(simulator.wirePort("card-reader"));
    }
    if (power.controllerIsOut()) {
      stopController();
      browser.close();
      browser = newBrowser();
      power.remains().putBack(folder);
    }
    boolean restarts = power.controllerIsOut();
    wire.speaksAgain();
    power.isBack();
    if (again > 0) power.goesAtWrite(again, Power.Of.CONTROLLER);
    if (restarts) startController();
    note("power back");
  }

  // Eyes.

  /// What is shown, as far as it was looked at.
  Optional<ScreenModel> screen() {
    return Optional.ofNullable(shown);
  }

  /// Looks for so long; whether something new was shown.
  boolean looks(long ms) throws InterruptedException {
    ScreenModel next = screens.poll(ms, TimeUnit.MILLISECONDS);
    if (next == null) return false;
    do {
      if (shown == null || next.seq() > shown.seq()) {
        shown = next;
        note("screen " + next.screen() + ": " + next.title());
      }
      next = screens.poll();
    } while (next != null);
    return true;
  }

  /// Whether a hand has led to something new on the screen: waits until all have had their turn
  /// several times, loops, session and books, and nothing moves.
  boolean answers() throws Exception {
    for (int round = 0; round < TURNS; round++) {
      if (looks(GLANCE_MS)) return true;
      time.settle(wire::moves);
      CountDownLatch session = new CountDownLatch(1);
      Thread.startVirtualThread(session::countDown);
      session.await();
      done(ledger().commit(_ -> true));
    }
    return looks(GLANCE_MS);
  }

  /// How long something is waited for: so much held time, which does not hurry threads that only a
  /// busy computer keeps from running, and therefore at least so much of the wall's.
  final class Patience {
    private final long wallEnd = System.nanoTime() + WALL.toNanos();
    private Duration left;

    Patience(Duration held) {
      left = held;
    }

    boolean isOver() {
      return !left.isPositive() && System.nanoTime() > wallEnd;
    }

    /// A while, or until something is shown.
    boolean waits() throws InterruptedException {
      if (!left.isPositive()) return looks(50);
      left = left.minus(STEP);
      time.pass(STEP);
      time.settle(wire::moves);
      return looks(0);
    }
  }

  JsonObject state() throws Exception {
    return done(simulator.call(simulator::state));
  }

  // Hands.

  /// Something that goes through fingers.
  interface Act {
    void run() throws Exception;
  }

  /// Does it on the mechanics' context; `false` where it cannot be done now.
  boolean hand(String what, Act act) throws Exception {
    try {
      done(
          simulator.call(
              () -> {
                act.run();
                return null;
              }));
      note("hand: " + what);
      return true;
    } catch (ImpossibleAct impossible) {
      return false;
    }
  }

  <T> T mechanics(Callable<Future<T>> act) throws Exception {
    return done(done(simulator.call(act)));
  }

  <D extends SimDevice> D device(Class<D> kind) {
    return simulator.devices().values().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  Iterable<SimDevice> devices() {
    return simulator.devices().values();
  }

  // The operator's desk.

  JsonObject health() throws Exception {
    return new JsonObject(answer(to("/health").build()).body());
  }

  /// One act at the desk; throws with what the desk says where it refuses.
  void desk(String act, JsonObject body) throws Exception {
    HttpResponse<String> answer = post("/operator/acts/" + act, body);
    if (answer.statusCode() == 401) {
      JsonObject who = new JsonObject().put("name", "demo").put("password", "demo-operator");
      HttpResponse<String> in = post("/operator/session", who);
      if (in.statusCode() != 200) throw new IOException("the desk does not open: " + in.body());
      answer = post("/operator/acts/" + act, body);
    }
    note("operator: " + act + " " + body.encode());
    if (answer.statusCode() != 200) {
      throw new SoakFault("the desk refuses " + act + " " + body.encode() + ": " + answer.body());
    }
  }

  private HttpResponse<String> post(String path, JsonObject body) throws Exception {
    return answer(
        to(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + atm.port() + path));
  }

  private HttpResponse<String> answer(HttpRequest request) throws Exception {
    return browser.send(request, HttpResponse.BodyHandlers.ofString());
  }

  // The record of a visit.

  synchronized void note(String line) {
    if (!lines.isEmpty() && lines.getLast().equals(line)) return;
    if (lines.size() >= LINES_MAX) lines.removeFirst();
    lines.add(line);
  }

  synchronized List<String> record() {
    return List.copyOf(lines);
  }

  synchronized void newRecord() {
    lines.clear();
  }

  static <T> T done(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) throw cause;
      throw failed;
    }
  }

  /// Stops both processes.
  void close() throws Exception {
    browser.close();
    stopController();
    ends(simulator.close().eventually(simVertx::close));
  }
}
