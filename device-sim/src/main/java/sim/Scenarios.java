package sim;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.Pace;
import sim.scenario.Run;
import sim.scenario.Scenario;
import sim.scenario.ScenarioException;
import sim.scenario.ScenarioReader;
import sim.scenario.Stage;

/// The scenarios that come with the simulator, and the one that runs: there is one machine, so
/// there is one run at a time. Runs on the mechanics' context.
final class Scenarios {
  /// In the order of the page's list.
  static final List<String> SHIPPED =
      List.of(
          "withdrawal",
          "deposit",
          "transfer",
          "cash-left",
          "jam",
          "other-amount",
          "wrong-pin",
          "statement",
          "without-card",
          "card-kept");

  /// From one key or slot to the next; a person who follows with the eyes is content with it.
  private static final Duration REACH = Duration.ofMillis(450);

  private final Vertx vertx;
  private final Hands hands;
  private final List<Customer> customers;
  private final Supplier<JsonObject> machine;
  private final Pace pace;
  private Optional<Run> run = Optional.empty();
  private long runs;

  Scenarios(
      Vertx vertx, Hands hands, List<Customer> customers, Supplier<JsonObject> machine, Pace pace) {
    this.vertx = vertx;
    this.hands = hands;
    this.customers = customers;
    this.machine = machine;
    this.pace = pace;
  }

  /// The text of a scenario that comes with the simulator.
  static Optional<String> text(String id) {
    if (!SHIPPED.contains(id)) return Optional.empty();
    try (InputStream in = Scenarios.class.getResourceAsStream("/scenarios/" + id + ".yaml")) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Starts a run at a controller whose page is at that port.
  void start(String text, int port) throws ScenarioException {
    if (running()) throw new ImpossibleAct("a scenario runs already");
    Scenario scenario = ScenarioReader.read(text, Hands.ACTS);
    Run next =
        new Run(
            vertx,
            new MachineStage(),
            scenario,
            ++runs,
            () -> vertx.eventBus().publish(BackDoor.SCENARIO, status()));
    run = Optional.of(next);
    next.start(port);
  }

  void stop() {
    run.ifPresent(Run::stop);
  }

  private boolean running() {
    return run.map(r -> r.state() == Run.State.RUNNING).orElse(false);
  }

  /// Something about the machine is other than before.
  void changed() {
    run.ifPresent(Run::look);
  }

  /// The run of this moment, or the last one; `{}` before the first.
  JsonObject status() {
    return run.map(Run::json).orElseGet(JsonObject::new);
  }

  JsonObject list() {
    JsonArray list = new JsonArray();
    for (String id : SHIPPED) {
      try {
        Scenario scenario = ScenarioReader.read(text(id).orElseThrow(), Hands.ACTS);
        list.add(
            new JsonObject()
                .put("id", id)
                .put("name", scenario.name())
                .put("about", scenario.about())
                .put("watch", scenario.watch().orElse(null)));
      } catch (ScenarioException wrong) {
        throw new IllegalStateException(id + ": " + wrong.getMessage(), wrong);
      }
    }
    return new JsonObject().put("scenarios", list).put("run", status());
  }

  private final class MachineStage implements Stage {
    @Override
    public void act(String device, String action, JsonObject body) {
      hands.act(device, action, body);
    }

    @Override
    public JsonObject state() {
      return machine.get();
    }

    @Override
    public Optional<String> pinOf(String card) {
      return customers.stream()
          .filter(customer -> customer.id().equals(card))
          .map(Customer::pin)
          .findFirst();
    }

    @Override
    public Future<Void> reach() {
      return pace.take(REACH);
    }
  }
}
