package lesson;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Faults;
import sim.wire.Line;
import sim.wire.TcpDoor;

/// The jar as it is built, put into a `drivers` folder: the controller, a process of its own that
/// has nothing of ours on its class path, drives the played printer with it.
class DriversFolderIT {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Path config;
  private Process controller;

  @BeforeEach
  void aMachineWithAPlayedPrinter() throws IOException {
    Context context = vertx.getOrCreateContext();
    Line line = new Line(new Faults());
    TcpDoor door = new TcpDoor(vertx, context, "localhost", 0, line);
    Promise<PlayedPrinter> played = Promise.promise();
    context.runOnContext(_ -> played.complete(new PlayedPrinter(line)));
    await(played.future().compose(_ -> door.open()));
    config =
        Files.writeString(
            folder.resolve("devices.yaml"),
            Files.readString(Path.of("devices.yaml"))
                .replace("localhost:7105", "localhost:" + door.port())
                .replace(":5846/", ":1/")
                .replace("port: 8080", "port: 0"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (controller != null) controller.destroyForcibly().waitFor();
    await(vertx.close());
  }

  @Test
  void theDoctorFindsThePrinterWell() throws Exception {
    Path jar = Path.of(System.getProperty("lesson.jar"));
    Files.copy(jar, Files.createDirectory(folder.resolve("drivers")).resolve(jar.getFileName()));

    List<String> said = said("doctor");
    List<String> printer = said.subList(said.indexOf(heading(said)), said.size());
    assertThat(printer.get(1)).contains("✓ answers");
    assertThat(printer.get(2)).contains("✓ status", "ready");
    assertThat(said.getLast()).isEqualTo("3 of 4 devices cannot serve");
    assertThat(controller.waitFor()).isEqualTo(1);
  }

  @Test
  void withoutTheJarTheMistakeIsToldByItsLine() throws Exception {
    assertThat(said("doctor"))
        .singleElement()
        .asString()
        .startsWith(
            "devices.yaml:20: receipt-printer names driver \"lesson-printer\", which there is not");
    assertThat(controller.waitFor()).isEqualTo(2);
  }

  private static String heading(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("receipt-printer"))
        .findFirst()
        .orElseThrow();
  }

  /// All that the controller says.
  private List<String> said(String command) throws Exception {
    List<String> start =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPathWithoutOurs(),
                "atm.Main",
                command,
                "--config",
                config.toString(),
                "--drivers",
                folder.resolve("drivers").toString()));
    Path output = folder.resolve("said.txt");
    controller =
        new ProcessBuilder(start).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(controller.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
    return Files.readAllLines(output);
  }

  private static String classPathWithoutOurs() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String target = Path.of("target").toAbsolutePath().toString();
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(target))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
