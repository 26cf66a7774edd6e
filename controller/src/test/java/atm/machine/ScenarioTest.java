package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenarios that come with the simulator, each on a machine of its own, over loopback.
class ScenarioTest {
  private static final Path SHIPPED = Path.of("../device-sim/src/main/resources/scenarios");

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;
  private TestMachine machine;

  @AfterEach
  void stop() throws Exception {
    http.close();
    if (machine != null) machine.close();
  }

  static Stream<String> shipped() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void whatIsShippedPasses(String file) throws Exception {
    // Whoever is awaited in vain is awaited for a second.
    machine = TestMachine.simulated(folder, Map.of("take-cash", 1)).withController();
    JsonObject run = runs(Files.readString(SHIPPED.resolve(file)));

    assertThat(run.getString("state")).as(run.encodePrettily()).isEqualTo("passed");
    machine.booksAndBoxesAgree();
    tellsNoSecrets();
  }

  @Test
  void whatDoesNotComeTrueFailsWithWhatWasSeenAndWanted() throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
    JsonObject run =
        runs(
            """
            scenario: A card, and another screen than comes
            steps:
              - sees: idle
              - card-reader insert: { card: alice }
              - sees: pin
              - types pin of: alice
              - presses: enter
              - sees: { screen: take-cash, within: 3 s }
            """);

    assertThat(run.getString("state")).isEqualTo("failed");
    assertThat(run.getString("saw")).contains("menu", "Alice");
    JsonObject failed = run.getJsonArray("steps").getJsonObject(run.getInteger("at"));
    assertThat(failed.getInteger("line")).isEqualTo(8);
    assertThat(failed.getString("words")).isEqualTo("sees take-cash");
    assertThat(failed.getString("state")).isEqualTo("failed");
  }

  @Test
  void moneyThatIsElsewhereFails() throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
    JsonObject run =
        runs(
            """
            scenario: Money that nobody moved
            steps:
              - sees: idle
              - money:
                  machine: { taken: 50 EUR }
                  books: { customer: -50 EUR }
                  within: 2 s
            """);

    assertThat(run.getString("saw"))
        .contains("taken moved by 0 EUR, wanted +50 EUR")
        .contains("books customer moved by 0 EUR, wanted -50 EUR");
  }

  @Test
  void oneRunAtATimeAndItCanBeStopped() throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
    String waits = "scenario: Waits\nsteps:\n  - sees: { screen: take-cash, within: 300 s }\n";

    assertThat(post("scenarios/run", waits).statusCode()).isEqualTo(200);
    assertThat(post("scenarios/run", waits).statusCode()).isEqualTo(409);
    assertThat(new JsonObject(post("scenarios/stop", "").body()).getString("state"))
        .isEqualTo("stopped");
    assertThat(post("scenarios/run", waits).statusCode()).isEqualTo(200);
  }

  /// Runs it as the page does, and follows it to its end.
  private JsonObject runs(String scenario) throws Exception {
    BlockingQueue<JsonObject> runs = new LinkedBlockingQueue<>();
    machine.simVertx.eventBus().<JsonObject>consumer("sim.scenario", told -> runs.add(told.body()));
    HttpResponse<String> started = post("scenarios/run?console=" + machine.port(), scenario);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    for (; ; ) {
      JsonObject run = runs.poll(150, TimeUnit.SECONDS);
      assertThat(run).as("word of the run").isNotNull();
      if (!run.getString("state").equals("running")) return run;
    }
  }

  /// What a developer is shown of the wires has neither cards nor PIN blocks nor tokens in it.
  private void tellsNoSecrets() throws Exception {
    JsonArray messages =
        new JsonObject(get("messages").body()).getJsonArray("messages", new JsonArray());
    assertThat(messages.size()).isGreaterThan(20);
    List<String> texts =
        messages.stream().map(each -> ((JsonObject) each).getString("text")).toList();
    assertThat(String.join("\n", texts))
        .doesNotContainPattern("\\d{12}")
        .doesNotContain("HMACSHA256")
        .contains("••••");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + machine.simulator.port() + "/sim/" + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
