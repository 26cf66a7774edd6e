package atm.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.Device;
import atm.device.FakeCardReader;
import atm.device.FakeCashAcceptor;
import atm.device.FakeCashDispenser;
import atm.device.FakeCashDispenser.Place;
import atm.device.FakePinPad;
import atm.device.FakeReceiptPrinter;
import atm.host.Host;
import atm.host.embedded.DemoBank;
import atm.host.embedded.EmbeddedHost;
import atm.host.embedded.HostKeys;
import atm.host.embedded.Limits;
import atm.ledger.BookUnit;
import atm.ledger.Customers.CardState;
import atm.ledger.Ledger;
import atm.ledger.LedgerKeys;
import atm.screen.Display;
import atm.screen.ReceiptText;
import atm.screen.ScreenModel;
import atm.screen.Texts;
import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Pan;
import atm.value.Track2;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A whole machine for stories: the real session, bank and books, on fakes of the devices. Time
/// stands still; words that need no answer are read at once.
final class StoryAtm implements AutoCloseable {
  /// Somebody with a card, and what is in the account at first.
  record Person(Track2 card, String pin, AccountNumber account, Money opening) {}

  static final Person ALICE = person("4000001234567899", "1234", "1000000008", "1250 EUR");
  static final Person BERND = person("4000002345678906", "2580", "1000000016", "90 EUR");

  /// Has two accounts: this one, and `DORAS_SAVINGS`.
  static final Person DORA = person("4000008901234562", "5937", "1000000073", "310 EUR");

  static final AccountNumber DORAS_SAVINGS = new AccountNumber("1000000081");

  /// Nothing has happened in his account yet.
  static final Person EMIL = person("4000006789012340", "6082", "1000000099", "0 EUR");

  private enum Bank {
    ANSWERS,
    /// Hears nothing.
    SILENT,
    /// Does what it is asked, and its answers are lost.
    UNHEARD
  }

  private static final Currency EUR = Currency.getInstance("EUR");
  private static final List<Money> ACCEPTED =
      Stream.of("10 EUR", "20 EUR", "50 EUR", "100 EUR").map(Money::parse).toList();
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CustomerTimeouts TIMEOUTS =
      new CustomerTimeouts(
          MINUTE, Duration.ofSeconds(20), MINUTE, MINUTE, MINUTE, HeldTimers.AT_ONCE);

  final Vertx vertx = Vertx.vertx();
  final HeldTimers time = new HeldTimers();
  final Display display = new Display(Clock.systemUTC());
  final HostKeys keys =
      new HostKeys(key(16, 1), key(32, 2), key(32, 3), key(32, 4), key(32, 5), key(32, 6));
  final FakeCardReader reader = new FakeCardReader(vertx);
  final FakePinPad pad = new FakePinPad(vertx, keys.keyEncryption());
  final FakeCashDispenser dispenser = new FakeCashDispenser(vertx);
  final FakeCashAcceptor acceptor = new FakeCashAcceptor(vertx);
  final FakeReceiptPrinter printer = new FakeReceiptPrinter(vertx);
  final SigningDispenser wire;
  final Ledger ledger;
  final Host host;
  private Machine machine;
  private final AtomicLong diskRoom = new AtomicLong(Long.MAX_VALUE);
  private int notes;
  private volatile Bank bank = Bank.ANSWERS;
  private final List<ScreenModel> shown = new ArrayList<>();
  private int looked;
  private Session session;
  private String deployment;

  /// @param signs whether the dispenser signs what it remembers
  StoryAtm(Path dir, boolean signs) {
    Clock clock = Clock.systemUTC();
    wire =
        new SigningDispenser(
            dispenser, signs ? Optional.of(keys.authenticateDevice()) : Optional.empty());
    ledger = Ledger.open(dir, new LedgerKeys(key(32, 7), key(32, 8)), clock);
    Money day = Money.parse("1000 EUR");
    Limits.Tier card = new Limits.Tier(Money.parse("500 EUR"), day, day, day);
    Money less = Money.parse("200 EUR");
    Limits limits = new Limits(card, new Limits.Tier(less, less, less, less), day);
    host = new EmbeddedHost(vertx, ledger, keys, limits, clock);
    await(
        DemoBank.found(
            vertx,
            ledger,
            keys,
            List.of(
                founder("alice", ALICE), founder("bernd", BERND), dora(), founder("emil", EMIL)),
            loads()));
    Texts texts = Texts.load(List.of("en", "de"));
    machine =
        new Machine(
            reader,
            pad,
            Optional.of(wire),
            Optional.of(acceptor),
            Optional.of(printer),
            perhapsSilent(host),
            ledger,
            diskRoom::get,
            display,
            texts,
            new ReceiptText(texts, "ATM00001", "Marktplatz 1"),
            ACCEPTED,
            EUR,
            TIMEOUTS,
            time,
            clock);
    notes = dispenser.allNotes();
    display.onShow(this::remember);
    for (Device device : List.of(reader, pad, wire, acceptor, printer)) {
      device.open();
      await(device.reset());
    }
    start();
  }

  private void start() {
    session = new Session(machine);
    deployment =
        await(
            vertx.deployVerticle(
                session, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
  }

  /// The controller is gone, as in a power cut; with it go the wires, and what ran on them.
  void die() {
    await(vertx.undeploy(deployment));
    reader.cutWire();
    pad.cutWire();
    dispenser.cutWire();
    acceptor.cutWire();
    printer.cutWire();
  }

  /// The controller starts again, with all its devices there.
  void startAgain() {
    dispenser.mendWire();
    startAgainWithoutDispenser();
  }

  void startAgainWithoutDispenser() {
    reader.mendWire();
    pad.mendWire();
    acceptor.mendWire();
    printer.mendWire();
    looksAway();
    start();
  }

  /// The controller starts again, and its configuration names no dispenser any more.
  void startAgainWithDispenserRemoved() {
    configure(false, true);
    startAgainWithoutDispenser();
  }

  /// The controller starts again, and the acceptor is not there yet.
  void startAgainWithoutAcceptor() {
    dispenser.mendWire();
    reader.mendWire();
    pad.mendWire();
    printer.mendWire();
    looksAway();
    start();
  }

  /// The same of the acceptor.
  void startAgainWithAcceptorRemoved() {
    configure(true, false);
    startAgain();
  }

  private void configure(boolean dispenses, boolean accepts) {
    machine =
        new Machine(
            reader,
            pad,
            machine.dispenser().filter(_ -> dispenses),
            machine.acceptor().filter(_ -> accepts),
            machine.printer(),
            machine.host(),
            ledger,
            diskRoom::get,
            display,
            machine.texts(),
            machine.receipts(),
            ACCEPTED,
            EUR,
            machine.timeouts(),
            time,
            machine.clock());
  }

  /// From now on so much is left on the disk of the books.
  void diskHasRoomFor(long bytes) {
    diskRoom.set(bytes);
  }

  /// From now on the bank answers nothing, and does nothing.
  void silencesTheBank() {
    bank = Bank.SILENT;
  }

  /// From now on the bank does as it is asked, and its answers are lost.
  void losesTheBanksAnswers() {
    bank = Bank.UNHEARD;
  }

  void bankAnswersAgain() {
    bank = Bank.ANSWERS;
  }

  private Host perhapsSilent(Host real) {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (_, method, given) -> {
              boolean asked = method.getReturnType() == Future.class;
              Future<?> noAnswer = Future.failedFuture("no answer from the bank");
              if (asked && bank == Bank.SILENT) return noAnswer;
              try {
                Object answer = method.invoke(real, given);
                return asked && bank == Bank.UNHEARD
                    ? ((Future<?>) answer).transform(_ -> noAnswer.mapEmpty())
                    : answer;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /// Without a session: recovers once; whether the bank owes an answer.
  boolean recovers() {
    return new Recovery(machine, new Customer(machine, "")).settle();
  }

  Session session() {
    return session;
  }

  /// Whatever is shown.
  CustomerStory customerAnywhere(Person person) {
    return new CustomerStory(this, person);
  }

  CustomerStory customer(Person person) {
    seesScreen("idle");
    return new CustomerStory(this, person);
  }

  // -- the screen

  private synchronized void remember(ScreenModel model) {
    shown.add(model);
    notifyAll();
  }

  /// Waits until `name` is shown, now or after the screen last looked at.
  ScreenModel seesScreen(String name) {
    return sees("screen " + name, model -> model.screen().equals(name));
  }

  ScreenModel seesTitle(String title) {
    return sees("\"" + title + "\"", model -> model.title().equals(title));
  }

  /// Waits until a screen says `words` somewhere.
  ScreenModel seesWords(String words) {
    return sees(
        "\"" + words + "\"",
        m -> m.title().contains(words) || String.join(" ", m.body()).contains(words));
  }

  synchronized ScreenModel sees(String what, Predicate<ScreenModel> wanted) {
    long deadline = System.nanoTime() + SECONDS.toNanos(60);
    while (true) {
      for (int i = looked; i < shown.size(); i++) {
        if (wanted.test(shown.get(i))) {
          looked = i;
          return shown.get(i);
        }
      }
      long leftMs = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        throw new AssertionError(
            "never saw " + what + " after " + titles() + "; cash off: " + session.cashOffBecause());
      }
      try {
        wait(leftMs);
      } catch (InterruptedException stop) {
        throw new AssertionError(stop);
      }
    }
  }

  /// The screens from the one last looked at.
  private List<String> titles() {
    return shown.subList(looked, shown.size()).stream()
        .map(model -> model.screen() + ": " + model.title() + " " + model.body())
        .toList();
  }

  synchronized boolean hasShown(String screen) {
    return shown.stream().anyMatch(model -> model.screen().equals(screen));
  }

  /// From here on only new screens are looked at.
  synchronized void looksAway() {
    looked = shown.size();
  }

  // -- the books

  Money balance(Person person) {
    return balance(person.account());
  }

  Money balance(AccountNumber account) {
    return await(ledger.commit(books -> books.balance(account))).booked();
  }

  Money available(Person person) {
    return await(ledger.commit(books -> books.balance(person.account()))).available();
  }

  /// Somebody put so many more into the cassettes.
  void handsBringNotes(int more) {
    notes += more;
  }

  int rejected() {
    return count(dispenser.notesAt(Place.REJECT));
  }

  int retracted() {
    return count(dispenser.notesAt(Place.RETRACT));
  }

  Map<Money, Integer> takenByCustomers() {
    return dispenser.notesAt(Place.TAKEN);
  }

  static int count(Map<Money, Integer> notes) {
    return notes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// What holds after every story: no note made or lost, nothing wrong with the books, and every
  /// cassette and bin as full as the books say.
  void booksAndBoxesAgree() {
    booksAreSound();
    for (String cassette : List.of("C1", "C2", "C3")) {
      assertThat(dispenser.notesIn(cassette))
          .as(cassette)
          .isEqualTo(inBooks(cassette).values().iterator().next());
    }
    assertThat(inBooks(BookUnit.REJECT)).isEqualTo(dispenser.notesAt(Place.REJECT));
    assertThat(inBooks(BookUnit.RETRACT)).isEqualTo(dispenser.notesAt(Place.RETRACT));
    assertThat(inBooks(BookUnit.DEPOSIT)).isEqualTo(accepted(FakeCashAcceptor.Place.BIN));
    assertThat(inBooks(BookUnit.COUNTERFEIT)).isEqualTo(accepted(FakeCashAcceptor.Place.SUSPECT));
  }

  void booksAreSound() {
    assertThat(await(ledger.invariants())).isEmpty();
    assertThat(dispenser.allNotes()).isEqualTo(notes);
    assertThat(acceptor.allNotes()).isEqualTo(acceptor.inserted());
  }

  private Map<Money, Integer> accepted(FakeCashAcceptor.Place place) {
    return acceptor.notesAt(place);
  }

  private Map<Money, Integer> inBooks(String unit) {
    Map<Money, Integer> notes = new TreeMap<>();
    ledger.cashUnits().stream()
        .filter(u -> u.id().equals(unit) && u.count() != 0)
        .forEach(u -> notes.merge(u.note().orElseThrow(), u.count(), Integer::sum));
    return notes;
  }

  @Override
  public void close() {
    await(vertx.close());
    ledger.close();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(120, SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static Person person(String pan, String pin, String account, String opening) {
    return new Person(
        new Track2(new Pan(pan), YearMonth.of(2099, 12), "201"),
        pin,
        new AccountNumber(account),
        Money.parse(opening));
  }

  private static DemoBank.Founder founder(String id, Person person) {
    return new DemoBank.Founder(
        id,
        id,
        person.card().pan(),
        person.card().expires(),
        person.pin().getBytes(StandardCharsets.US_ASCII),
        person.account(),
        person.opening(),
        "en");
  }

  private static DemoBank.Founder dora() {
    return new DemoBank.Founder(
        "dora",
        "dora",
        DORA.card().pan(),
        DORA.card().expires(),
        DORA.pin().getBytes(StandardCharsets.US_ASCII),
        CardState.GOOD,
        List.of(
            new DemoBank.Opening(DORA.account(), AccountKind.CURRENT, DORA.opening()),
            new DemoBank.Opening(DORAS_SAVINGS, AccountKind.SAVINGS, Money.parse("7200 EUR"))),
        "en");
  }

  private static List<DemoBank.Load> loads() {
    return List.of(
        new DemoBank.Load("C1", Money.parse("10 EUR"), 1000),
        new DemoBank.Load("C2", Money.parse("20 EUR"), 2000),
        new DemoBank.Load("C3", Money.parse("50 EUR"), 1000));
  }

  private static byte[] key(int bytes, int fill) {
    byte[] key = new byte[bytes];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
