package sim.scenario;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.MechanicalFault;

/// Plays one scenario: each step is tried whenever anything has happened, until it has come true or
/// its time is up. Waits for events only. Runs on the mechanics' context.
public final class Run {
  /// How it stands or went.
  public enum State {
    RUNNING,
    PASSED,
    FAILED,
    STOPPED
  }

  private final Vertx vertx;
  private final Context context;
  private final Stage stage;
  private final Scenario scenario;
  private final long number;
  private final Runnable changed;
  private final Seen seen = new Seen();
  private final List<Bridge> bridges = new ArrayList<>();
  private final Map<String, Long> machineBefore = new TreeMap<>();
  private JsonObject books;
  private JsonObject booksBefore;
  private State state = State.RUNNING;
  private int at;
  private int key;
  private boolean reached;
  private boolean reaching;
  private boolean due;
  private long deadline = -1;
  private String missing = "";

  /// @param changed is run after each step
  public Run(Vertx vertx, Stage stage, Scenario scenario, long number, Runnable changed) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.stage = stage;
    this.scenario = scenario;
    this.number = number;
    this.changed = changed;
  }

  /// Opens the eyes, at a controller whose page is at that port, and begins.
  public void start(int port) {
    missing = "the controller at localhost:" + port + " did not show its screen and its books";
    setDeadline(Step.HANDS.toMillis());
    open(port, "/bus/kiosk", "ui.screen", "ui.snapshot")
        .compose(_ -> open(port, "/bus/developer", "developer.books", "developer.snapshot"))
        .onFailure(
            e ->
                fail(
                    "no controller with a developer's bridge answers at localhost:"
                        + port
                        + ": "
                        + e.getMessage()));
  }

  private Future<Bridge> open(int port, String path, String address, String snapshot) {
    return Bridge.open(
            vertx,
            port,
            path,
            this::heard,
            () -> fail("the controller at localhost:" + port + " went away"))
        .onSuccess(
            bridge -> {
              if (state != State.RUNNING) {
                bridge.close();
                return;
              }
              bridges.add(bridge);
              bridge.register(address);
              bridge.ask(snapshot);
            });
  }

  private void heard(String address, JsonObject body) {
    if (address.startsWith("ui.")) {
      seen.add(body);
    } else if (address.startsWith("developer.") && body.containsKey("boxes")) {
      books = body;
    }
    if (booksBefore == null && books != null && seen.now().containsKey("screen")) begin();
    else look();
  }

  private void begin() {
    booksBefore = books;
    JsonObject machine = stage.state();
    Boxes.PLACES.forEach(place -> machineBefore.put(place, Boxes.at(place, machine)));
    next();
  }

  /// Something has happened: tries the step that is due, and those after it, on the next turn.
  public void look() {
    if (due || booksBefore == null || state != State.RUNNING) return;
    due = true;
    context.runOnContext(
        _ -> {
          due = false;
          attempt();
        });
  }

  private void next() {
    key = 0;
    reached = false;
    missing = "";
    changed.run();
    if (at == scenario.steps().size()) {
      end(State.PASSED);
      return;
    }
    setDeadline(scenario.steps().get(at).within().toMillis());
    look();
  }

  private void setDeadline(long ms) {
    vertx.cancelTimer(deadline);
    deadline = vertx.setTimer(ms, _ -> fail(missing));
  }

  private void attempt() {
    if (state != State.RUNNING || reaching) return;
    Step step = scenario.steps().get(at);
    if (moves(step) && !reached) {
      reach();
      return;
    }
    Optional<String> wanting;
    try {
      wanting = attempt(step);
    } catch (ImpossibleAct | MechanicalFault notNow) {
      wanting = Optional.of(notNow.getMessage());
    } catch (RuntimeException never) {
      fail(never.getMessage());
      return;
    }
    if (wanting.isPresent()) {
      missing = wanting.get();
    } else {
      at++;
      next();
    }
  }

  private static boolean moves(Step step) {
    return switch (step) {
      case Step.Act _, Step.Keys _, Step.Pin _, Step.Chooses _ -> true;
      case Step.Sees _, Step.Money _, Step.Agreement _ -> false;
    };
  }

  /// Hands take a moment from one thing to the next, or nobody could follow them.
  private void reach() {
    reaching = true;
    stage
        .reach()
        .onComplete(
            _ -> {
              reaching = false;
              reached = true;
              look();
            });
  }

  /// What is still wanting; empty when the step has come true.
  private Optional<String> attempt(Step step) {
    return switch (step) {
      case Step.Act act -> {
        stage.act(act.device(), act.action(), act.body());
        yield Optional.empty();
      }
      case Step.Keys keys -> press(keys.keys());
      case Step.Pin(_, String card) -> press(pinOf(card));
      case Step.Chooses(_, String option) ->
          seen.keyBeside(option)
              .map(fdk -> press(List.of(fdk)))
              .orElseGet(() -> Optional.of("no option " + option + "; saw " + seen.lately()));
      case Step.Sees sees ->
          seen.walkTo(sees) ? Optional.empty() : Optional.of("saw " + seen.lately());
      case Step.Money money -> moved(money);
      case Step.Agreement _ -> {
        List<String> wrong = Boxes.disagreements(stage.state(), books);
        yield wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
      }
    };
  }

  private List<String> pinOf(String card) {
    String pin =
        stage
            .pinOf(card)
            .orElseThrow(() -> new IllegalArgumentException("no card " + card + " in the wallet"));
    return pin.chars().mapToObj(digit -> String.valueOf((char) digit)).toList();
  }

  /// Presses what is left of the keys, each once it is live.
  private Optional<String> press(List<String> keys) {
    if (key < keys.size()) {
      String wanted = keys.get(key);
      JsonArray live = stage.state().getJsonObject("pin-pad").getJsonArray("activeKeys");
      if (!live.contains(wanted)) {
        // Which key of a PIN it is would tell the PIN.
        return Optional.of(
            "key " + (key + 1) + " of " + keys.size() + " is not live; saw " + seen.lately());
      }
      stage.act("pin-pad", "press", new JsonObject().put("key", wanted));
      key++;
      if (key < keys.size()) {
        reached = false;
        look();
        return Optional.of("key " + (key + 1) + " of " + keys.size());
      }
    }
    return Optional.empty();
  }

  private Optional<String> moved(Step.Money money) {
    List<String> wrong = new ArrayList<>();
    JsonObject machine = stage.state();
    money
        .machine()
        .forEach(
            (place, wanted) ->
                compare(
                    place,
                    wanted,
                    Boxes.at(place, machine) - machineBefore.get(place),
                    money.currency(),
                    wrong));
    money
        .books()
        .forEach(
            (account, wanted) ->
                compare(
                    "books " + account,
                    wanted,
                    Boxes.booked(account, books) - Boxes.booked(account, booksBefore),
                    money.currency(),
                    wrong));
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private static void compare(
      String what, long wanted, long moved, String currency, List<String> wrong) {
    if (wanted != moved) {
      wrong.add(
          what
              + " moved by "
              + Amounts.said(moved, currency)
              + ", wanted "
              + Amounts.said(wanted, currency));
    }
  }

  /// Lets go of the machine where it is.
  public void stop() {
    if (state != State.RUNNING) return;
    missing = "";
    end(State.STOPPED);
    changed.run();
  }

  private void fail(String why) {
    if (state != State.RUNNING) return;
    missing = why;
    end(State.FAILED);
    changed.run();
  }

  private void end(State how) {
    state = how;
    vertx.cancelTimer(deadline);
    bridges.forEach(Bridge::close);
    bridges.clear();
    if (how == State.PASSED) changed.run();
  }

  public State state() {
    return state;
  }

  /// How it stands, step by step (protocol/scenario.md).
  public JsonObject json() {
    JsonArray steps = new JsonArray();
    for (int i = 0; i < scenario.steps().size(); i++) {
      Step step = scenario.steps().get(i);
      steps.add(
          new JsonObject()
              .put("line", step.line())
              .put("words", step.words())
              .put("state", i < at ? "done" : i > at ? "ahead" : stateOfThis()));
    }
    return new JsonObject()
        .put("run", number)
        .put("name", scenario.name())
        .put("state", state.name().toLowerCase(java.util.Locale.ROOT))
        .put("at", at)
        .put("steps", steps)
        .put("saw", state == State.FAILED ? missing : null);
  }

  private String stateOfThis() {
    return switch (state) {
      case RUNNING -> "now";
      case FAILED -> "failed";
      case STOPPED -> "stopped";
      case PASSED -> "done";
    };
  }
}
