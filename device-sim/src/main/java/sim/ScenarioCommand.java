package sim;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sim.scenario.Bridge;
import sim.scenario.ScenarioException;
import sim.scenario.ScenarioReader;

/// Runs a scenario on the machine that is up, as the page does, and tells it step by step. Exit
/// codes: 0 passed, 1 failed, 2 a bad file or configuration, 4 no simulator is up.
@Command(
    name = "scenario",
    mixinStandardHelpOptions = true,
    description = "Runs a scenario on the simulated machine that is up.")
final class ScenarioCommand implements Callable<Integer> {
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int BAD_FILE = 2;
  private static final int NOT_UP = 4;

  /// The longest a step may take, and a little: a simulator silent for longer has stopped.
  private static final long SILENCE_S = 620;

  private static final JsonObject GONE = new JsonObject();

  @Parameters(paramLabel = "FILE", description = "A scenario file, or the name of a shipped one.")
  private String file;

  @Option(names = "--config", description = "which machine (default: ${DEFAULT-VALUE})")
  private Path config = Path.of("devices.yaml");

  @Option(names = "--console", description = "the port of its page (default: as configured)")
  private Optional<Integer> console = Optional.empty();

  private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();

  @Override
  public Integer call() throws Exception {
    int port;
    String text;
    try {
      text = text();
      ScenarioReader.read(text, Hands.ACTS);
      port = Settings.read(config, Path.of(".")).port();
    } catch (ScenarioException wrong) {
      wrong
          .mistakes()
          .forEach(m -> System.err.println(file + ":" + m.line() + ": " + m.sentence()));
      return BAD_FILE;
    } catch (SettingsException wrong) {
      System.err.println(wrong.getMessage());
      return BAD_FILE;
    } catch (NoSuchFileException _) {
      System.err.println(
          file
              + ": there is no such file, and none of that name is shipped; shipped are "
              + String.join(", ", Scenarios.SHIPPED));
      return BAD_FILE;
    } catch (IOException unreadable) {
      System.err.println(file + ": cannot be read: " + unreadable);
      return BAD_FILE;
    }
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
    try {
      return run(vertx, port, text);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
  }

  private String text() throws IOException {
    Optional<String> shipped = Scenarios.text(file);
    if (shipped.isPresent()) return shipped.get();
    Path path = Path.of(file);
    if (Files.exists(path) && Files.size(path) > ScenarioReader.BYTES_MAX) {
      throw new IOException("more than " + ScenarioReader.BYTES_MAX + " bytes");
    }
    return Files.readString(path);
  }

  private int run(Vertx vertx, int port, String text) throws Exception {
    Bridge bridge;
    try {
      bridge =
          Bridge.open(vertx, port, "/sim/bus", (_, body) -> told.add(body), () -> told.add(GONE))
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
    } catch (ExecutionException nobody) {
      System.err.println("no simulator answers at port " + port);
      return NOT_UP;
    }
    try (bridge;
        HttpClient http = HttpClient.newHttpClient()) {
      bridge.register("sim.scenario");
      HttpResponse<String> answer = http.send(request(port, text), textBody());
      JsonObject started = new JsonObject(answer.body());
      if (answer.statusCode() != 200) {
        System.err.println(started.getString("error"));
        return FAILED;
      }
      return follow(started);
    }
  }

  private HttpRequest request(int port, String text) {
    String where = console.map(page -> "?console=" + page).orElse("");
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + port + "/sim/scenarios/run" + where))
        .POST(HttpRequest.BodyPublishers.ofString(text))
        .build();
  }

  private static HttpResponse.BodyHandler<String> textBody() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private int follow(JsonObject started) throws InterruptedException {
    System.out.println(started.getString("name"));
    int shown = 0;
    for (JsonObject run = started; ; ) {
      JsonArray steps = run.getJsonArray("steps");
      for (; shown < run.getInteger("at"); shown++) {
        JsonObject step = steps.getJsonObject(shown);
        System.out.printf("  done %4d  %s%n", step.getInteger("line"), step.getString("words"));
      }
      switch (run.getString("state")) {
        case "passed" -> {
          System.out.println("passed");
          return PASSED;
        }
        case "running" -> {}
        case String ended -> {
          JsonObject step = steps.getJsonObject(run.getInteger("at"));
          System.out.printf(
              "  %s %d  %s%n", ended, step.getInteger("line"), step.getString("words"));
          if (run.getString("saw") != null) System.out.println("  " + run.getString("saw"));
          return FAILED;
        }
      }
      run = next(started.getLong("run"));
      if (run == GONE) {
        System.err.println("the simulator went away");
        return FAILED;
      }
    }
  }

  private JsonObject next(long run) throws InterruptedException {
    JsonObject next;
    do {
      next = told.poll(SILENCE_S, TimeUnit.SECONDS);
      if (next == null) return GONE;
    } while (next != GONE && next.getLong("run", -1L) != run);
    return next;
  }
}
