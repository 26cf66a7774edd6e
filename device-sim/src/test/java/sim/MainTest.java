package sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as the launcher starts it: what it says, how it ends, what a `kill -9` leaves.
class MainTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void itSaysWhereItListensAndStopsAsAsked() throws Exception {
    Process process = start(machine(0));
    String line = firstLine(process);
    assertThat(line)
        .matches(
            "device-sim: back door http://localhost:\\d+, playing card-reader, receipt-printer");
    // Not process.destroy(), which would close the stream that is read below.
    process.toHandle().destroy();
    assertThat(end(process)).isZero();
    assertThat(process.inputReader().lines()).as("words about a stop that went well").isEmpty();
  }

  @Test
  void aPageThatIsClosedIsNoNews() throws Exception {
    Process process = start(machine(0));
    String door = door(firstLine(process));
    try (HttpClient page = HttpClient.newHttpClient()) {
      page.newWebSocketBuilder()
          .buildAsync(
              URI.create(door.replace("http", "ws") + "/sim/bus/websocket"),
              new WebSocket.Listener() {})
          .get(20, TimeUnit.SECONDS)
          .abort();
    }
    get(door);
    process.toHandle().destroy();
    end(process);
    assertThat(process.inputReader().lines()).as("words about a page that went").isEmpty();
  }

  @Test
  void whatAHandDidIsThereAfterAKill() throws Exception {
    Path reader = Files.createDirectories(folder.resolve("data/sim")).resolve("card-reader.json");
    Files.writeString(reader, "{\"media\":\"NOT_PRESENT\",\"card\":null,\"retained\":[\"alice\"]}");
    Process process = start(machine(0));
    String door = door(firstLine(process));
    assertThat(where(get(door))).isEqualTo("retained");
    assertThat(where(post(door + "/sim/card-reader/empty", ""))).isEqualTo("wallet");
    process.destroyForcibly();
    end(process);

    assertThat(where(get(door(firstLine(start(machine(0))))))).isEqualTo("wallet");
  }

  private static JsonObject get(String door) throws Exception {
    return new JsonObject(send(HttpRequest.newBuilder(URI.create(door + "/sim/state")).build()));
  }

  private static String where(JsonObject state) {
    return state.getJsonArray("wallet").getJsonObject(0).getString("where");
  }

  @Test
  void mistakesEndItWithTwoAndAllOfThem() throws Exception {
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.yaml"), "card-reader: { at: 5 }\nsimulator: { port: x }\n");
    Process process = start(wrong);
    assertThat(end(process)).isEqualTo(2);
    assertThat(said(process)).contains("wrong.yaml:1:", "wrong.yaml:2:").doesNotContain("at sim.");
  }

  @Test
  void anOptionNobodyKnowsEndsItWithTwo() throws Exception {
    Process process = start(machine(0), "--sped", "2");
    assertThat(end(process)).isEqualTo(2);
    assertThat(said(process)).contains("Unknown options: '--sped', '2'").doesNotContain("at sim.");
  }

  @Test
  void aSecondSimulatorOnOneFolderEndsWithThreeAndASentence() throws Exception {
    firstLine(start(machine(0)));
    Process second = start(machine(0));
    assertThat(end(second)).isEqualTo(3);
    assertThat(said(second).lines()).hasSize(1).first().asString().endsWith("another simulator");
  }

  @Test
  void aPortInUseEndsItWithThreeAndASentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("localhost"))) {
      Process process = start(machine(taken.getLocalPort()));
      assertThat(end(process)).isEqualTo(3);
      assertThat(said(process).strip())
          .isEqualTo("device-sim: port " + taken.getLocalPort() + " for the back door is in use");
    }
  }

  @Test
  void aFolderThatCannotBeMadeEndsItWithThreeAndASentence() throws Exception {
    Files.writeString(folder.resolve("data"), "a file where the folder should be");
    Process process = start(machine(0));
    assertThat(end(process)).isEqualTo(3);
    assertThat(said(process).lines()).hasSize(1).first().asString().contains("cannot write");
  }

  private Path machine(int port) throws IOException {
    return Files.writeString(
        folder.resolve("devices.yaml"),
        """
        card-reader: { driver: xfs4iot, at: "ws://localhost:0/xfs4iot/v1.0/card-reader" }
        receipt-printer: { driver: xfs4iot, at: "ws://localhost:0/xfs4iot/v1.0/receipt-printer" }
        simulator:
          port: %d
          cards:
            - { id: alice, holder: Alice, pan: "4000001234567899", expires: 2029-12, pin: "1234" }
        """
            .formatted(port));
  }

  private Process start(Path config, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "sim.Main",
                "--config",
                config.toString(),
                "--data",
                folder.resolve("data").toString()));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    return out.readLine();
  }

  private static String door(String line) {
    assertThat(line).contains("back door http");
    return line.replaceAll(".*(http://localhost:\\d+).*", "$1");
  }

  private static String said(Process process) throws IOException {
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends within 20 s").isTrue();
    return process.exitValue();
  }

  private static JsonObject post(String uri, String body) throws Exception {
    return new JsonObject(
        send(
            HttpRequest.newBuilder(URI.create(uri))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
  }

  private static String send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
