package atm;

import static atm.device.Fault.Code.HARDWARE;
import static atm.device.Fault.Code.OFFLINE;

import atm.config.Config;
import atm.config.DeviceEntry;
import atm.console.Health;
import atm.console.WebServer;
import atm.device.CardReader;
import atm.device.CashAcceptor;
import atm.device.CashDispenser;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad;
import atm.device.ReceiptPrinter;
import atm.driver.Drivers;
import atm.host.Host;
import atm.host.embedded.DemoBank;
import atm.host.embedded.EmbeddedHost;
import atm.host.embedded.Limits;
import atm.host.embedded.PinVerifier;
import atm.ledger.BookUnit;
import atm.ledger.Ledger;
import atm.screen.Display;
import atm.screen.Gallery;
import atm.screen.ReceiptText;
import atm.screen.ScreenModel;
import atm.screen.Texts;
import atm.session.CustomerTimeouts;
import atm.session.Machine;
import atm.session.Session;
import atm.session.Timers;
import atm.session.Trouble;
import atm.value.Money;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One machine: the assembly of all parts, in the order in which they depend on each other. Without
/// statics, so that tests start as many as they like.
public final class Atm {
  private static final Logger LOG = System.getLogger(Atm.class.getName());

  /// No part of a start or a stop takes longer, or something is wrong that waiting will not mend.
  private static final int PATIENCE_S = 60;

  /// How long before a screen ends its customer is asked for more time: enough to read and answer.
  private static final Duration MORE_TIME_BEFORE_THE_END = Duration.ofSeconds(20);

  /// @param data folder of keys and books
  /// @param port of the page; 0 takes a free one
  /// @param demo whether to found the demo bank in a ledger that is empty
  public record Setup(Config config, Path data, int port, boolean demo) {}

  /// Who may sign in at a demo; the README says so.
  static final String DEMO_OPERATOR = "demo";

  static final String DEMO_PASSWORD = "demo-operator";

  private final Vertx vertx;
  private final Ledger ledger;
  private final Display display;
  private final Map<DeviceKind, Device> devices = new LinkedHashMap<>();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Session session;
  private String deployment;
  private WebServer web;
  private Optional<Door> door = Optional.empty();

  private Atm(Vertx vertx, Ledger ledger, Clock clock) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.display = new Display(clock);
  }

  /// Starts a machine. Blocks; throws with a sentence when a start check fails. Devices that are
  /// not there yet are no reason not to start.
  public static Atm start(Vertx vertx, Drivers drivers, Setup setup, Clock clock) throws Exception {
    Keys keys = Keys.load(setup.data);
    Ledger ledger = Ledger.open(setup.data, keys.ledger(), clock);
    PinVerifier verifier = new PinVerifier(keys.host().pinPepper());
    return start(vertx, drivers, setup, clock, keys, verifier, ledger);
  }

  /// The same on books that are open; they are closed when the start fails.
  static Atm start(
      Vertx vertx,
      Drivers drivers,
      Setup setup,
      Clock clock,
      Keys keys,
      PinVerifier verifier,
      Ledger ledger)
      throws Exception {
    Atm atm = new Atm(vertx, ledger, clock);
    try {
      atm.assemble(drivers, setup, keys, verifier, clock);
      return atm;
    } catch (Exception failed) {
      try {
        atm.stop();
      } catch (Exception alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  private void assemble(Drivers drivers, Setup setup, Keys keys, PinVerifier verifier, Clock clock)
      throws Exception {
    Config.Machine described = setup.config.machine();
    Operators operators = new Operators(setup.data, verifier);
    Limits limits = limits(described.limits());
    Host host = new EmbeddedHost(vertx, ledger, keys.host(), verifier, limits, clock);
    for (DeviceEntry entry : setup.config.under(setup.data).devices()) {
      Device device =
          drivers.create(entry, vertx, keys.host().authenticateHost(), keys.host().keyEncryption());
      devices.put(device.kind(), device);
      watch(device);
    }
    requireKeysFor((PinPad) devices.get(DeviceKind.PIN_PAD), host, setup.data);
    if (setup.demo) foundDemoBank(setup.config, keys, verifier, operators);
    Texts texts = Texts.load(described.languages());
    session = new Session(machine(setup, host, texts, clock));
    measure(setup.config);
    web = done(WebServer.listen(vertx, setup.port, shows(setup.config, operators)));
    door = Door.open(setup.data, ledger);
    devices.values().forEach(Device::open);
    deployment =
        done(
            vertx.deployVerticle(
                session, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
  }

  /// Nobody could log in, whatever they typed.
  private static void requireKeysFor(PinPad pad, Host host, Path data) {
    if (host.pinBlockFormat(pad.pinBlockFormats()).isPresent()) return;
    throw new Keys.KeyFileException(
        "the pin-pad makes PIN blocks of "
            + pad.pinBlockFormats()
            + " alone, and there are no TDES keys; make them with ./atm keys --add --data "
            + data);
  }

  private static Limits limits(Config.Limits of) {
    return new Limits(tier(of.card()), tier(of.withoutCard()), of.perEnvelope());
  }

  private static Limits.Tier tier(Config.Allowed of) {
    return new Limits.Tier(of.perWithdrawal(), of.perDay(), of.perTransfer(), of.transfersPerDay());
  }

  private void foundDemoBank(Config config, Keys keys, PinVerifier verifier, Operators operators)
      throws Exception {
    List<DemoBank.Founder> founders = DemoFounders.of(config);
    List<DemoBank.Load> loads = DemoFounders.loads(config);
    if (done(DemoBank.found(vertx, ledger, keys.host(), verifier, founders, loads))) {
      operators.add(DEMO_OPERATOR, DEMO_PASSWORD.getBytes(StandardCharsets.US_ASCII));
      LOG.log(Level.INFO, "founded the demo bank with {0} customers", founders.size());
    }
  }

  private Machine machine(Setup setup, Host host, Texts texts, Clock clock) {
    Config config = setup.config;
    Config.Machine described = config.machine();
    Config.Timeouts t = described.timeouts();
    List<Money> notes = config.devices().stream().flatMap(entry -> entry.notes().stream()).toList();
    return new Machine(
        (CardReader) devices.get(DeviceKind.CARD_READER),
        (PinPad) devices.get(DeviceKind.PIN_PAD),
        Optional.ofNullable((CashDispenser) devices.get(DeviceKind.CASH_DISPENSER)),
        Optional.ofNullable((CashAcceptor) devices.get(DeviceKind.CASH_ACCEPTOR)),
        Optional.ofNullable((ReceiptPrinter) devices.get(DeviceKind.RECEIPT_PRINTER)),
        host,
        ledger,
        setup.data.toFile()::getUsableSpace,
        display,
        texts,
        new ReceiptText(texts, described.id(), described.name()),
        notes,
        described.currency(),
        new CustomerTimeouts(
            t.entry(),
            MORE_TIME_BEFORE_THE_END,
            t.takeCard(),
            t.takeCash(),
            t.takeReceipt(),
            t.message()),
        Timers.of(vertx),
        clock);
  }

  private void measure(Config config) {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    Gauge.builder("atm.in.service", this, atm -> atm.isInService() ? 1 : 0)
        .description("Whether a customer is or can be served")
        .register(meters);
    Gauge.builder("atm.cash.service", session, s -> s.cashOffBecause().isEmpty() ? 1 : 0)
        .description("Whether cash is paid out")
        .register(meters);
    Gauge.builder("atm.deposit.service", session, s -> s.depositsOffBecause().isEmpty() ? 1 : 0)
        .description("Whether deposits are taken")
        .register(meters);
    config.devices().stream()
        .flatMap(entry -> entry.cassettes().stream())
        .forEach(
            cassette ->
                Gauge.builder("atm.cassette.notes", ledger, books -> notesIn(books, cassette.id()))
                    .tag("cassette", cassette.id())
                    .description("Notes in a cassette, by the books")
                    .register(meters));
  }

  private static int notesIn(Ledger books, String cassette) {
    return books.cashUnits().stream()
        .filter(unit -> unit.id().equals(cassette))
        .mapToInt(BookUnit::count)
        .sum();
  }

  private WebServer.Shows shows(Config config, Operators operators) {
    return new WebServer.Shows(
        display,
        Gallery.names(),
        () -> Gallery.of(config.machine().languages()).all(),
        this::health,
        meters,
        config.simulator().map(simulator -> "http://localhost:" + simulator.port()),
        config
            .simulator()
            .map(_ -> new BooksForDeveloper(ledger, config.machine().currency().toString())),
        new OperatorWork(
            vertx, ledger, operators, () -> stateFor(config), () -> session.lookAgain()));
  }

  private OperatorWork.State stateFor(Config config) {
    Config.Machine described = config.machine();
    Health now = health();
    return new OperatorWork.State(
        described.id() + " · " + described.name(),
        now.inService(),
        now.reason(),
        config.devices().stream()
            .flatMap(
                entry ->
                    Stream.concat(
                        entry.cassettes().stream().map(cassette -> cassette.note()),
                        entry.notes().stream()))
            .toList());
  }

  private void watch(Device device) {
    if (device instanceof PinPad pad && !pad.capabilities().encrypts()) {
      LOG.log(Level.WARNING, "{0}: encrypts nothing itself, for test machines only", device.kind());
    }
    device.onStatus(
        status ->
            LOG.log(Level.INFO, "{0}: {1}, {2}", device.kind(), word(status), status.detail()));
    Gauge.builder("atm.device.up", device, d -> d.status().canServe() ? 1 : 0)
        .tag("device", device.kind().key())
        .description("Whether the device can serve")
        .register(meters);
  }

  private Health health() {
    Map<String, Health.Part> parts = new LinkedHashMap<>();
    devices.forEach(
        (kind, device) -> {
          DeviceStatus s = device.status();
          parts.put(
              kind.key(), new Health.Part(s.canServe(), word(s), said(kind, s), s.warnings()));
        });
    String screen = screen();
    boolean inService = isInService();
    Optional<String> noCash = session.cashOffBecause();
    return new Health(
        inService,
        noCash.orElse(inService ? "serving" : screen),
        parts,
        new Health.Part(
            noCash.isEmpty(), "open", noCash.orElse("books and boxes agree"), List.of()));
  }

  /// What an operator needs to read of a device: what it says, and what to do about it.
  private static String said(DeviceKind kind, DeviceStatus status) {
    return switch (status.state()) {
      case ONLINE, STARTING -> status.detail();
      case OFFLINE -> Trouble.of(kind, new Fault(OFFLINE, status.detail())).operator();
      case FAULT -> Trouble.of(kind, new Fault(HARDWARE, status.detail())).operator();
    };
  }

  private boolean isInService() {
    return !screen().equals("starting") && !screen().equals("out-of-service");
  }

  private String screen() {
    return display.snapshot().map(ScreenModel::screen).orElse("starting");
  }

  private static String word(DeviceStatus status) {
    return status.state().name().toLowerCase(Locale.ROOT);
  }

  /// Runs `then` once, as soon as a card can be inserted.
  public void whenInService(Runnable then) {
    Runnable once = once(then);
    display.onShow(
        model -> {
          if (model.screen().equals("idle")) once.run();
        });
    if (display.snapshot().map(m -> m.screen().equals("idle")).orElse(false)) once.run();
  }

  private static Runnable once(Runnable then) {
    java.util.concurrent.atomic.AtomicBoolean done =
        new java.util.concurrent.atomic.AtomicBoolean();
    return () -> {
      if (!done.getAndSet(true)) then.run();
    };
  }

  /// The port of the page.
  public int port() {
    return web.port();
  }

  public Ledger ledger() {
    return ledger;
  }

  /// What the customer sees.
  public Display display() {
    return display;
  }

  /// Stops it all. To a withdrawal that runs this is a power cut: nothing is moved, and the next
  /// start settles it. Blocks.
  public void stop() throws Exception {
    door.ifPresent(Door::close);
    if (deployment != null) done(vertx.undeploy(deployment));
    if (web != null) done(web.close());
    done(Future.join(devices.values().stream().map(Device::close).toList()));
    ledger.close();
  }

  private static <T> T done(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) throw cause;
      throw failed;
    }
  }
}
