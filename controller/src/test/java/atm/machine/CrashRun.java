package atm.machine;

import static atm.machine.CrashChild.order;
import static org.assertj.core.api.Assertions.assertThat;

import atm.CrashingAtm;
import atm.machine.CrashCase.Answer;
import atm.machine.CrashCase.Kind;
import atm.machine.CrashCase.Moment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import sim.mechanics.Bin;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.SimDevice;
import sim.mechanics.When;

/// Plays cases of the crash matrix, one after the other, each on a machine of its own. One process
/// lives from a case's restart to the next one's crash.
final class CrashRun implements AutoCloseable {
  private static final String ALICE = "1000000008";
  private static final String BERND = "1000000016";
  private static final Set<String> ENDS =
      Set.of("take-card", "take-cash", "idle", "out-of-service");

  private final Path template;
  private final CrashChild.Launch launch;
  private CrashChild controller;
  private CrashMachine machine;
  private Stranger alice;
  private long seen;

  CrashRun(Path template, CrashChild.Launch launch) {
    this.template = template;
    this.launch = launch;
  }

  /// Makes the bank that every case begins with.
  static void found(Path template, CrashChild.Launch launch) throws Exception {
    try (CrashMachine machine = CrashMachine.unfounded(template);
        CrashChild controller = new CrashChild(launch)) {
      controller.does(starting(machine, true, "", Moment.NEVER));
      controller.does(order("books").put("accounts", new JsonArray(List.of(ALICE))));
      controller.does(order("stop"));
      controller.leaves();
    }
  }

  private static JsonObject starting(
      CrashMachine machine, boolean demo, String point, Moment moment) {
    return at(order("start"), machine, point, moment).put("demo", demo);
  }

  private static JsonObject at(
      JsonObject order, CrashMachine machine, String point, Moment moment) {
    return order
        .put("folder", machine.folder.toString())
        .put("point", point)
        .put("moment", moment.name());
  }

  void play(CrashCase each, Path folder) throws Exception {
    boolean acceptor = each.story().kind != Kind.ENVELOPE;
    try (CrashMachine made = CrashMachine.founded(template, folder, acceptor)) {
      machine = made;
      crashes(each);
      deviceChanges(each);
      comesBack(each);
      settles(each);
      new CrashCheck(each, booksNow(), machine.state(), health()).afterRestart();
      if (each.story().kind == Kind.PIN) pinIsOneOfTwo(each);
      mended(each);
      closeEyes();
      controller.does(order("stop"));
      new CrashDesk(each, machine, this::controller).counts();
      new Recount(machine.folder).check();
    } catch (Throwable failed) {
      // Whatever state it is in, the next case starts with another.
      closeEyes();
      if (controller != null) controller.close();
      controller = null;
      throw failed;
    }
  }

  private CrashChild controller() throws Exception {
    if (controller == null || !controller.lives()) {
      if (controller != null) controller.close();
      controller = new CrashChild(launch);
    }
    return controller;
  }

  // The first life, up to the crash.

  private void crashes(CrashCase each) throws Exception {
    machine.hurries(each.hurriesAtFirst());
    String point = each.point();
    JsonObject up = controller().does(starting(machine, false, point, each.moment()));
    boolean byItself = Set.of(Moment.UNSYNCED, Moment.SYNCED, Moment.DONE).contains(each.moment());
    if (!byItself) killAtBegin(each);
    watches(up.getInteger("port"));
    AssertionError lost = null;
    try {
      alice.sees("idle");
      CrashStories.play(each.story(), alice, machine);
    } catch (AssertionError | IllegalStateException cutOff) {
      lost = new AssertionError(each.name() + ": " + cutOff.getMessage(), cutOff);
    }
    if (controller.lives() && lost != null && !lost.getMessage().contains("is gone")) throw lost;
    if (lost == null && controller.lives()) {
      // The story was told to its end; the point has to come all the same.
      alice.machine("dead", _ -> !controller.lives());
    }
    int end = controller.ends();
    assertThat(end == CrashingAtm.CRASHED)
        .as("%s: how the process ended (%s), %s", each.name(), end, lost)
        .isEqualTo(byItself);
    closeEyes();
    SimDevice acting = machine.device(each.device());
    boolean waits = each.point().equals("cash-acceptor.insert");
    if (acting != null && !waits) machine.completes(acting::idle);
  }

  /// The mechanics stand still until the controller is dead; then they go on.
  private void killAtBegin(CrashCase each) throws Exception {
    SimDevice device = machine.device(each.device());
    CrashChild victim = controller;
    String doing = CrashStories.busy(each.point());
    boolean[] done = {false};
    machine.does(
        () ->
            device.listen(
                _ -> {
                  if (done[0] || !device.busy().orElse("").equals(doing)) return;
                  done[0] = true;
                  victim.kill();
                  if (each.moment() == Moment.CUT) machine.later(0, () -> cut(device));
                  if (each.moment() == Moment.CUT_LATER) machine.later(3, () -> cut(device));
                }));
  }

  private static void cut(SimDevice device) {
    if (device.powered()) device.powerCut();
  }

  // Between the lives.

  private void deviceChanges(CrashCase each) throws Exception {
    String name = each.device();
    SimDevice device = machine.device(name);
    switch (each.answer()) {
      case AS_IT_IS, TAKEN_AFTER_RESTART -> {}
      case RESTARTED -> machine.restarts(name, "");
      case POWER_CUT -> machine.does(() -> cut(device));
      case OFFLINE_THEN_BACK -> machine.does(device == null ? () -> {} : device::unplug);
      case TAKEN_WHILE_DOWN -> machine.does(() -> takes(each));
      case TAKEN_WITHOUT_POWER ->
          machine.does(
              () -> {
                cut(device);
                takes(each);
              });
      case REPLY_LOST -> breaks(device, "reply-lost", When.ONCE);
      case SENSOR_FAILS -> breaks(device, "exit-sensor", When.NOW);
      case JAM -> breaks(device, "jam", When.NOW);
      case RETRACT_JAM -> breaks(device, "retract-jam", When.ALWAYS);
      case DEAD -> breaks(device, "dead", When.NOW);
      case ESCROW_STUCK -> breaks(device, "escrow-stuck", When.NOW);
      case STORE_JAM -> breaks(device, "store-jam", When.atNote(1));
      case BIN_MISSING -> breaks(device, "bin-missing:D1", When.NOW);
      case COUNTERS_MOVED -> moves(() -> machine.dispenser().tryOut("unit2"));
      case RESET_BY_HAND ->
          moves(
              () ->
                  name.equals("cash-acceptor")
                      ? machine.acceptor().reset()
                      : machine.dispenser().reset(Bin.RETRACT));
      case MEMORY_GONE -> machine.restarts(name, "present");
    }
  }

  /// Where the customer of the story saw the notes before the controller was gone, they are taken
  /// already.
  private void takes(CrashCase each) {
    if (!each.device().equals("cash-acceptor")) machine.dispenser().take();
    else if (machine.acceptor().returned().isEmpty()) machine.acceptor().take();
  }

  private void breaks(SimDevice device, String kind, When when) throws Exception {
    machine.does(() -> device.fault(kind, when));
  }

  /// A technician's act, which may fail as the mechanics are.
  private void moves(Supplier<Future<?>> act) throws Exception {
    machine.completes(() -> act.get().mapEmpty().otherwiseEmpty());
  }

  // The second life.

  private void comesBack(CrashCase each) throws Exception {
    machine.hurries(each.hurriesThen());
    JsonObject up = controller().does(starting(machine, false, "", Moment.NEVER));
    watches(up.getInteger("port"));
  }

  private void settles(CrashCase each) throws Exception {
    untilQuiet(each);
    if (each.answer() == Answer.OFFLINE_THEN_BACK) {
      JsonObject books = booksNow();
      boolean open = isOpen(books);
      if (open && needsDevice(books)) assertThat(health().getString("reason")).isNotBlank();
      SimDevice device = machine.device(each.device());
      if (device != null) machine.does(device::plug);
    }
    while (each.answer().sound
        && each.moment() != Moment.CUT
        && each.moment() != Moment.CUT_LATER) {
      if (!isOpen(booksNow())) return;
      untilQuiet(each);
    }
  }

  private static boolean needsDevice(JsonObject books) {
    return !books.getJsonArray("open").isEmpty();
  }

  static boolean isOpen(JsonObject books) {
    return !books.getJsonArray("open").isEmpty() || !books.getJsonArray("openDeposits").isEmpty();
  }

  /// Does what the screens ask for, until the machine waits for a customer or for a mechanic.
  private void untilQuiet(CrashCase each) throws Exception {
    while (true) {
      JsonObject shown =
          alice.sees(
              "the end of recovery",
              m -> m.getLong("seq") > seen && ENDS.contains(m.getString("screen")));
      seen = shown.getLong("seq");
      switch (shown.getString("screen")) {
        case "take-card" -> perhaps(() -> alice.takes("card-reader"));
        case "take-cash" -> {
          if (each.answer() == Answer.TAKEN_AFTER_RESTART) {
            perhaps(() -> alice.takes(each.device()));
          }
        }
        default -> {
          return;
        }
      }
    }
  }

  /// What a screen asks for may have been done by then.
  private static void perhaps(Runnable act) {
    try {
      act.run();
    } catch (AssertionError | ImpossibleAct tooLate) {
      if (tooLate.getMessage().contains("is gone")) throw tooLate;
    }
  }

  /// Faults are taken away, and the controller settles what it now can.
  private void mended(CrashCase each) throws Exception {
    machine.mends();
    while (isOpen(booksNow())) untilQuiet(each);
  }

  private void pinIsOneOfTwo(CrashCase each) throws Exception {
    boolean changed = CrashCheck.has(booksNow(), "card.pin-changed");
    CrashStories.logsIn(alice, changed ? CrashStories.NEW_PIN : CrashStories.PIN);
    alice.presses("cancel");
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");
    assertThat(changed).as(each.name()).isEqualTo(each.moment() == Moment.SYNCED);
  }

  private JsonObject booksNow() {
    return controller.does(order("books").put("accounts", new JsonArray(List.of(ALICE, BERND))));
  }

  private JsonObject health() {
    return alice.page("/health").json();
  }

  private void watches(int port) {
    closeEyes();
    alice = new Stranger(port, machine.port());
    seen = -1;
  }

  private void closeEyes() {
    if (alice != null) alice.close();
    alice = null;
  }

  @Override
  public void close() {
    closeEyes();
    if (controller != null) controller.close();
  }
}
