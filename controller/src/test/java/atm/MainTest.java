package atm;

import static org.assertj.core.api.Assertions.assertThat;

import atm.ledger.Ledger;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.Settings;
import sim.Simulator;

/// The controller as the launcher starts it, a process of its own: a start that fails says why in
/// a sentence and by its exit code, and a stop that was asked for leaves closed books.
class MainTest {
  private static final int CONFIGURATION = 2;
  private static final int START_CHECK = 3;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Path data;
  private Path config;

  /// How a process ended, and all it said.
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void shippedMachine() throws IOException {
    data = folder.resolve("data");
    config = machine(0);
  }

  @AfterEach
  void stop() throws Exception {
    for (Process process : started) process.destroyForcibly().waitFor();
  }

  @Test
  void everyMistakeInTheConfigurationIsToldByItsLine() throws Exception {
    Files.writeString(
        config,
        """
        card-reader:
          driver: carrier-pigeon
          at: ws://localhost:5846/xfs4iot/v1.0/card-reader
        pin-pad: { driver: xfs4iot, at: "in the wall" }
        cash-dispenser:
          driver: xfs4iot
          at: ws://localhost:5846/xfs4iot/v1.0/cash-dispenser
        receipt-printer:
          driver: xfs4iot
          at: ws://localhost:5846/xfs4iot/v1.0/receipt-printer
          papper: thermal
        atm: { id: ATM00001, name: Here, currency: EUR, languages: [ en ],
               limits: { per-withdrawal: 500 EUR, per-day: 1000 EUR } }
        host: { kind: embedded }
        console: { port: -8080 }
        """);

    Ended ended = run();

    assertThat(
            ended.err().lines().map(line -> line.replaceAll("^(devices.yaml:\\d+: \\S+).*", "$1")))
        .containsExactly(
            "devices.yaml:2: card-reader",
            "devices.yaml:4: pin-pad",
            "devices.yaml:6: cash-dispenser",
            "devices.yaml:11: receipt-printer",
            "devices.yaml:15: console");
    assertThat(ended.err())
        .contains("carrier-pigeon", "in the wall", "cassettes", "papper", "-8080");
    assertRefused(ended, CONFIGURATION);
  }

  @Test
  void aNegativeCountOfNotesIsAMistake() throws Exception {
    Files.writeString(config, Files.readString(config).replace("count: 2000", "count: -1"));

    Ended ended = run();

    assertThat(ended.err()).matches("devices.yaml:\\d+: .*count.*\"-1\".*\n");
    assertRefused(ended, CONFIGURATION);
  }

  @Test
  void whatIsNoYamlIsAMistakeAtItsLine() throws Exception {
    Files.writeString(config, "card-reader:\n  at: [ ws://localhost\n");

    Ended ended = run();

    assertThat(ended.err()).matches("devices.yaml:3: not YAML: .*\n");
    assertRefused(ended, CONFIGURATION);
  }

  @Test
  void aConfigurationThatIsNotThereIsSaidSo() throws Exception {
    Files.delete(config);

    Ended ended = run();

    assertThat(ended.err()).isEqualTo("devices.yaml:1: cannot be read: there is no such file\n");
    assertRefused(ended, CONFIGURATION);
  }

  @Test
  void badUsageEndsWithTwoAndShowsTheUsage() throws Exception {
    for (List<String> usage :
        List.of(
            List.<String>of(),
            List.of("fly"),
            List.of("run", "--sped", "2"),
            List.of("run", "--port", "http"),
            List.of("run", "--port", "65536"))) {
      Ended ended = end(start(usage));

      assertThat(ended.err()).as("%s", usage).contains("Usage: atm").doesNotContain("\tat ");
      assertThat(ended.code()).as("%s", usage).isEqualTo(CONFIGURATION);
    }
  }

  @Test
  void aDriverThatCannotBeUsedIsNamed() throws Exception {
    Path drivers = Files.createDirectory(folder.resolve("drivers"));
    Files.writeString(drivers.resolve("broken.jar"), "half a download");

    for (List<String> command : List.of(List.of("run"), List.of("doctor"), List.of("trace", "x"))) {
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(List.of("--config", "" + config, "--drivers", "" + drivers));
      Ended ended = end(start(arguments));

      assertThat(ended.err()).startsWith(drivers.resolve("broken.jar") + " cannot be read: ");
      assertOneSentence(ended, START_CHECK);
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    keys();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      Ended ended = run("--port", String.valueOf(taken.getLocalPort()));

      assertThat(ended.err())
          .isEqualTo(
              "port "
                  + taken.getLocalPort()
                  + " for the page cannot be had: Address already in use\n");
      assertRefused(ended, START_CHECK);
    }
  }

  @Test
  void aFileWhereTheDataFolderShouldBeIsNamed() throws Exception {
    Files.writeString(data, "in the way");

    Ended ended = run();

    assertThat(ended.err())
        .isEqualTo("the data folder " + data + " cannot be made: a file is in the way\n");
    assertRefused(ended, START_CHECK);
  }

  @Test
  void booksThatCannotBeWrittenAreNamed() throws Exception {
    keys();
    Files.createDirectory(data.resolve("journal.head"));

    Ended ended = run();

    assertThat(ended.err()).contains("the books in " + data + " cannot be opened");
    assertOneSentence(ended, START_CHECK);
  }

  @Test
  void withoutKeysItSaysHowToMakeThem() throws Exception {
    Ended ended = run();

    assertThat(ended.err()).contains("controller.keys is missing", "./atm keys");
    assertOneSentence(ended, START_CHECK);
  }

  @Test
  void keysThatOthersCanReadAreRefused() throws Exception {
    keys();
    Files.setPosixFilePermissions(
        data.resolve(Keys.CONTROLLER_FILE), PosixFilePermissions.fromString("rw-r-----"));

    Ended ended = run();

    assertThat(ended.err()).contains("can be read by others; say chmod 600");
    assertOneSentence(ended, START_CHECK);
  }

  @Test
  void booksOfAnotherVersionAreLeftAlone() throws Exception {
    keys();
    Ledger.open(data, Keys.load(data).ledger(), Clock.systemUTC()).close();
    rewriteVersion();

    Ended ended = run();

    assertThat(ended.err()).contains("have version 99, this program reads version");
    assertOneSentence(ended, START_CHECK);
  }

  @Test
  void aMachineInServiceSaysReadyKeepsOthersFromItsBooksAndClosesThemWhenAskedToStop()
      throws Exception {
    keys();
    Vertx vertx = Vertx.vertx();
    Simulator simulator = done(Simulator.start(vertx, Settings.read(config, data)));
    config = machine(simulator.wirePort("card-reader"));
    Process machine =
        new ProcessBuilder(
                command(
                    List.of(
                        "run", "--demo", "--config", config.toString(), "--data", data.toString())))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(machine);
    try {
      assertThat(machine.inputReader().readLine()).matches("ready http://localhost:\\d+/");

      Ended second = run();
      assertThat(second.err())
          .contains("the books in " + data + " are in use by another controller");
      assertOneSentence(second, START_CHECK);

      Path backup = folder.resolve("books.zip");
      Ended copied = end(start(List.of("backup", "" + backup, "--data", "" + data)));
      assertThat(copied.err()).isEmpty();
      assertThat(copied.code()).isZero();
      assertThat(copied.out()).contains(backup + ": the books up to event ");
      assertThat(backup).isNotEmptyFile();

      machine.destroy();
      assertThat(machine.waitFor(120, TimeUnit.SECONDS)).as("it stops within two minutes").isTrue();
      assertThat(machine.exitValue()).isZero();
      try (Ledger ledger = Ledger.open(data, Keys.load(data).ledger(), Clock.systemUTC())) {
        assertThat(done(ledger.invariants())).isEmpty();
        assertThat(ledger.cashUnits()).isNotEmpty();
      }
    } finally {
      done(simulator.close());
      done(vertx.close());
    }
  }

  private static void assertRefused(Ended ended, int code) {
    assertThat(ended.err()).doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(code);
  }

  private static void assertOneSentence(Ended ended, int code) {
    assertThat(ended.err().lines()).hasSize(1);
    assertRefused(ended, code);
  }

  /// The machine of the project, with free ports for its pages and `wire` for its devices.
  private Path machine(int wire) throws IOException {
    return Files.writeString(
        folder.resolve("devices.yaml"),
        Files.readString(Path.of("../devices.yaml"))
            .replace(":5846/", ":" + wire + "/")
            .replace("port: 8080", "port: 0")
            .replace("port: 7070", "port: 0"));
  }

  private void keys() throws IOException {
    Files.createDirectories(data);
    Keys.ceremony(data, new PrintStream(PrintStream.nullOutputStream()));
  }

  private void rewriteVersion() throws Exception {
    Properties keys = new Properties();
    try (var in = Files.newInputStream(data.resolve(Keys.CONTROLLER_FILE))) {
      keys.load(in);
    }
    String password = keys.getProperty("Database").toLowerCase() + " ledger";
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + data.resolve("ledger") + ";CIPHER=AES", "ledger", password);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE schema_version SET version = 99");
    }
  }

  private Ended run(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--config", config.toString(), "--data", data.toString()));
    arguments.addAll(List.of(more));
    return end(start(arguments));
  }

  private Process start(List<String> arguments) throws IOException {
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectOutput(file("out"))
            .redirectError(file("err"))
            .start();
    started.add(process);
    return process;
  }

  private Ended end(Process process) throws Exception {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends within two minutes").isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(file("out").toPath()),
        Files.readString(file("err").toPath()));
  }

  private File file(String stream) {
    return folder.resolve(stream + ".txt").toFile();
  }

  private static List<String> command(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "atm.Main"));
    command.addAll(arguments);
    return command;
  }

  private static <T> T done(io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }
}
