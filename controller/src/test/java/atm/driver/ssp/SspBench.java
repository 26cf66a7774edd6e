package atm.driver.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.CashAcceptor;
import atm.device.CashAcceptor.InsertOutcome;
import atm.device.CashAcceptor.StoreOutcome;
import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.Device;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.driver.SheetTable;
import atm.link.Backoff;
import atm.link.HeldTime;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import sim.mechanics.AcceptorBuild;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.Faults;
import sim.mechanics.Pace;
import sim.mechanics.Paper;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.StateFile;
import sim.mechanics.When;

/// One SMART Payout, played, as dispenser and acceptor of a machine, and its drivers, all on one
/// thread. Time passes only when all of them have nothing left to do. It can be made to answer any
/// command with any response.
final class SspBench implements AutoCloseable {
  static final Money TWENTY = Money.parse("20 EUR");
  static final Map<Money, Integer> A_TWENTY = Map.of(TWENTY, 1);

  /// No part of it explains the value of another.
  static final Mix MIX = new Mix(Map.of("C1", 1, "C2", 2));

  static final Counts ALL = new Counts(MIX.byCassette());

  /// All that the drivers send; 4619 is a payout that is a test only.
  static final List<String> COMMANDS =
      List.of(
          "01", "02", "05", "06", "07", "08", "0A", "11", "18", "22", "38", "3B", "46", "4619",
          "4A", "4B", "4C", "58", "5C");

  /// Long enough for a poll to tell what has happened.
  private static final Duration A_POLL = SspUnit.POLL_EVERY.multipliedBy(2);

  private static final int STEPS = 100;

  /// Deadlines of one act, most of them for the next poll: some twenty minutes. Beyond them
  /// something waits for ever.
  private static final int PASSED_MAX = 5_000;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final HeldTime time = new HeldTime();
  private final PromptWire wire = new PromptWire(context);
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final SimCashDispenser paying;
  private final SimCashAcceptor taking;
  private final sim.ssp.SspUnit unit;
  private SmartPayout dispenser;
  private SspCashAcceptor acceptor;
  private boolean customerTakes = true;
  private volatile int passed;

  SspBench(Path folder) {
    Pace pace = new Pace(vertx, context, 0);
    paying =
        now(
            () ->
                new SimCashDispenser(
                    pace,
                    new StateFile(folder.resolve("dispenser")),
                    List.of(
                        new Cassette("C1", Denomination.parse("10 EUR"), 1000),
                        new Cassette("C2", Denomination.parse("20 EUR"), 1000)),
                    kinds()));
    taking =
        now(
            () ->
                new SimCashAcceptor(
                    pace,
                    new StateFile(folder.resolve("acceptor")),
                    List.of(Denomination.parse("10 EUR"), Denomination.parse("20 EUR")),
                    List.of(new DepositBin("D1", 1000)),
                    AcceptorBuild.ONE_NOTE,
                    sim.ssp.SspUnit.TAKING_FAULTS));
    unit =
        now(() -> sim.ssp.SspUnit.smartPayout(wire.line(), time::after).pays(paying).takes(taking));
    start();
  }

  /// Those it comes with, and each answer to each command.
  private static List<Faults.Kind> kinds() {
    return Stream.concat(
            sim.ssp.SspUnit.FAULTS.stream(),
            COMMANDS.stream()
                .flatMap(command -> answers(command).map(code -> kind(command, code)))
                .map(kind -> new Faults.Kind(kind, kind)))
        .distinct()
        .toList();
  }

  /// The ways to refuse that a command has, with their reasons.
  static Stream<String> answers(String command) {
    Stream<String> plain =
        SheetTable.codes("ssp.md", "## Generic responses", 0)
            .filter(code -> code != SspData.OK)
            .map("%02X"::formatted);
    return Stream.concat(
        plain,
        switch (command) {
          case "46", "4619" -> reasons("### Reasons after F5 to a payout");
          case "5C" -> reasons("### Reasons after F5 to 5C");
          default -> Stream.of();
        });
  }

  private static Stream<String> reasons(String heading) {
    return SheetTable.codes("ssp.md", heading, 0).map("F5%02X"::formatted);
  }

  static String kind(String command, String code) {
    return "answer-" + command + "-" + code;
  }

  /// As a message has it.
  static String named(String code) {
    return code.length() > 2 ? code.substring(0, 2) + " " + code.substring(2) : code;
  }

  private void start() {
    SspSettings settings =
        new SspSettings(0, EsspCipher.DEFAULT_FIXED_KEY, SspSettings.Route.CASHBOX);
    SspPort port = new SspPort(vertx, () -> wire, time, settings);
    dispenser =
        new SmartPayout(
            port,
            backoff(),
            new Drum(
                List.of(
                    new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 1000),
                    new DeviceEntry.Cassette("C2", TWENTY, 1000))));
    dispenser.trust(TestTokens.hostKey());
    acceptor =
        new SspCashAcceptor(
            port,
            backoff(),
            List.of(Money.parse("10 EUR"), TWENTY),
            new DeviceEntry.Bin("D1", 1000),
            SspSettings.Route.CASHBOX,
            new CashInMemory(vertx, Optional.empty()));
    for (Device device : List.of(dispenser, acceptor)) {
      device.onStatus(now -> said.add(now.detail()));
      now(
          () -> {
            device.open();
            return null;
          });
    }
  }

  private static Backoff backoff() {
    return new Backoff(new Random(1), Duration.ofMillis(1), Duration.ofMillis(1));
  }

  /// As after a crash of the controller, with nothing kept: the drivers are new.
  void controllerStartsAgain() {
    close(dispenser);
    close(acceptor);
    start();
  }

  CashDispenser dispenser() {
    return dispenser;
  }

  CashAcceptor acceptor() {
    return acceptor;
  }

  // -- hands

  void customerTakes(boolean takes) {
    now(() -> customerTakes = takes);
  }

  void paying(String fault, When when) {
    arm(paying, fault, when);
  }

  void taking(String fault, When when) {
    arm(taking, fault, when);
  }

  private void arm(SimDevice device, String fault, When when) {
    now(
        () -> {
          device.fault(fault, when);
          return null;
        });
  }

  void clearAll() {
    now(
        () -> {
          for (SimDevice device : List.of(paying, taking)) {
            List.copyOf(device.faults().armed()).forEach(fault -> device.clearFault(fault.kind()));
          }
          return null;
        });
  }

  void cutWire() {
    now(
        () -> {
          wire.line().cut();
          return null;
        });
  }

  void cutPower() {
    now(
        () -> {
          paying.powerCut();
          return null;
        });
  }

  void putIn(String paper) {
    until(taking::wantsNotes);
    now(
        () -> {
          taking.insert(List.of(Paper.parse(paper)));
          return null;
        });
  }

  // -- looks

  /// Of which commands the unit has been given any.
  Stream<String> heard() {
    return now(unit::heard).stream().map("%02X"::formatted);
  }

  int notesOut() {
    return now(
        () -> paying.tray().size() + paying.taken().values().stream().mapToInt(n -> n).sum());
  }

  int inBox() {
    return now(() -> taking.units().stream().mapToInt(AcceptorUnit::count).sum());
  }

  int inEscrow() {
    return now(() -> taking.escrow().size());
  }

  /// That a status of one of the devices said so, since both served last.
  boolean hasSaid(String words) {
    return said.stream().anyMatch(detail -> detail.contains(words));
  }

  void online() {
    until(() -> dispenser.status().canServe() && acceptor.status().canServe());
  }

  // -- acts

  Future<DispenseOutcome> order() {
    String nonce = ended(dispenser.commandNonce()).orElseThrow();
    return dispenser.dispense(MIX, TestTokens.token(nonce, "50.00EUR"));
  }

  /// An order whose first note is out.
  Future<DispenseOutcome> begun() {
    customerTakes(false);
    Future<DispenseOutcome> order = order();
    until(() -> !paying.tray().isEmpty());
    return order;
  }

  Future<InsertOutcome> slotOpen() {
    Promise<Void> open = Promise.promise();
    Future<InsertOutcome> inserted = acceptor.insert(Duration.ZERO, open::tryComplete);
    until(() -> open.future().isComplete() || inserted.isComplete());
    return inserted;
  }

  /// A note in the escrow.
  void takeIn() {
    ended(acceptor.begin());
    Future<InsertOutcome> inserted = slotOpen();
    putIn("20 EUR");
    assertThat(ended(inserted)).isEqualTo(new InsertOutcome.Inserted(A_TWENTY, Map.of(), 0));
  }

  /// Both devices come back, and what they did then they do now.
  void servesAgain() {
    clearAll();
    customerTakes(true);
    elapse(A_POLL);
    online();
    if (ended(acceptor.lastCashIn()).state() == CashAcceptor.CashInStatus.State.ACTIVE) {
      ended(acceptor.giveBack());
    }
    int out = notesOut();
    assertThat(ended(order())).isEqualTo(new DispenseOutcome.Stacked(ALL, Counts.NONE));
    elapse(A_POLL);
    assertThat(notesOut()).isEqualTo(out + MIX.notes());
    takeNotes();
    int box = inBox();
    takeIn();
    assertThat(ended(acceptor.store())).isEqualTo(new StoreOutcome.Stored(A_TWENTY));
    assertThat(inBox()).isEqualTo(box + 1);
    said.clear();
  }

  private void takeNotes() {
    now(
        () -> {
          if (!taking.slotNotes().isEmpty()) taking.take();
          return null;
        });
  }

  // -- time

  <T> T ended(Future<T> outcome) {
    until(outcome::isComplete);
    return Awaiting.await(outcome);
  }

  void elapse(Duration within) {
    ended(after(within));
  }

  Future<Void> after(Duration within) {
    Promise<Void> over = Promise.promise();
    now(() -> time.after(within, over::complete));
    return over.future();
  }

  void until(BooleanSupplier met) {
    now(() -> passed = 0);
    while (!turns(met)) {
      assertThat(passed).as("it waits for ever; it said " + said).isLessThan(PASSED_MAX);
    }
  }

  /// Some steps, each in a turn of its own; between them what waits for real time has its turn.
  private boolean turns(BooleanSupplier met) {
    Promise<Boolean> done = Promise.promise();
    context.runOnContext(_ -> step(met, STEPS, done));
    return Awaiting.await(done.future());
  }

  private void step(BooleanSupplier met, int left, Promise<Boolean> done) {
    if (met.getAsBoolean() || left == 0) {
      done.complete(left > 0);
      return;
    }
    boolean still = taking.busy().isEmpty() || taking.wantsNotes();
    // What moves goes on by itself, and what has come out is taken; else only time can, unless a
    // driver is about to try again.
    if (paying.busy().isEmpty() && still && wire.quiet() && !isOffline()) {
      if (customerTakes && !paying.tray().isEmpty()) paying.take();
      else if (time.pass()) passed++;
    }
    context.runOnContext(_ -> step(met, left - 1, done));
  }

  private boolean isOffline() {
    return Stream.of(dispenser, acceptor)
        .anyMatch(device -> device.status().state() == DeviceStatus.State.OFFLINE);
  }

  private <T> T now(Callable<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(work.call());
          } catch (Exception | AssertionError failed) {
            done.fail(failed);
          }
        });
    return Awaiting.await(done.future());
  }

  private static void close(Device device) {
    Awaiting.await(device.close());
  }

  @Override
  public void close() {
    close(dispenser);
    close(acceptor);
    Awaiting.await(vertx.close());
  }
}
