package atm.machine;

import atm.bench.Rates;
import atm.bench.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// The controller as it ships, in a process of its own: how soon it serves, what it needs, and how
/// soon a key is on the screen.
public final class MachineBench {
  private static final int STARTS = 3;
  private static final int VISITS = 60;

  private final Path atm;
  private final Path folder;
  private final List<Row> rows = new ArrayList<>();

  private MachineBench(Path repository, Path folder) {
    atm = repository.resolve("atm").toAbsolutePath();
    this.folder = folder.toAbsolutePath();
  }

  public static List<Row> run(Path repository, Path folder) throws Exception {
    MachineBench bench = new MachineBench(repository, folder);
    bench.demo(repository);
    bench.controller(repository);
    return bench.rows;
  }

  private void demo(Path repository) throws Exception {
    Path data = Files.createDirectories(folder.resolve("demo"));
    String yaml =
        Files.readString(repository.resolve("devices.yaml"))
            .replace(":5846/", ":" + TestMachine.freePort() + "/")
            .replace("port: 7070", "port: " + TestMachine.freePort());
    Path config = Files.writeString(data.resolve("devices.yaml"), yaml);
    double[] seconds = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (Started demo = start("demo", config, data, "--port", "0")) {
        seconds[i] = demo.seconds;
      }
    }
    rows.add(Row.limit("`./atm demo` to `ready`", Rates.median(seconds), "s", 3));
  }

  private void controller(Path repository) throws Exception {
    Path data = Files.createDirectories(folder.resolve("machine"));
    TestMachine machine =
        TestMachine.simulated(data, repository.resolve("devices.yaml"), Map.of("message", 1));
    try {
      start("run", machine.configuration, data, "--demo").close();
      double[] seconds = new double[STARTS];
      for (int i = 0; i < STARTS; i++) {
        try (Started controller = start("run", machine.configuration, data)) {
          seconds[i] = controller.seconds;
        }
      }
      rows.add(Row.limit("controller to in service", Rates.median(seconds), "s", 1));
      try (Started controller = start("run", machine.configuration, data)) {
        inUse(machine, controller);
      }
    } finally {
      machine.close();
    }
  }

  private void inUse(TestMachine machine, Started controller) throws Exception {
    try (Stranger customer = new Stranger(controller.port, machine.simulator.port())) {
      try (Chromium chromium = Chromium.open()) {
        rows.addAll(PaintBench.run(chromium, customer, controller.port, machine.simulator.port()));
      } catch (TestAbortedException | AssertionFailedError none) {
        rows.add(Row.fact("key → paint, kiosk page", "not measured: " + none.getMessage()));
      }
      for (int i = 0; i < VISITS; i++) visit(customer);
      rows.add(
          Row.limit(
              "resident after " + VISITS + " visits, `-Xmx64m`", memory(controller), "MB", 160));
    }
  }

  /// In, a look at the balance, and out: all of a visit but the cash, of which there is an end.
  private static void visit(Stranger customer) {
    customer.sees("idle");
    customer.inserts("alice");
    customer.sees("pin");
    customer.types("1234").presses("enter");
    customer.sees("menu");
    customer.presses("cancel");
    customer.sees("take-card");
    customer.takes("card-reader");
    customer.sees("idle");
  }

  private static double memory(Started controller) throws IOException {
    return Files.readAllLines(Path.of("/proc", "" + controller.process.pid(), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private Started start(String command, Path config, Path data, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(atm.toString(), command));
    words.addAll(List.of("--config", config.toString(), "--data", data.toString()));
    words.addAll(List.of(more));
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(words).redirectError(folder.resolve("said").toFile()).start();
    BufferedReader out = process.inputReader();
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith("ready ")) {
        double seconds = (System.nanoTime() - began) / 1e9;
        int port = Integer.parseInt(line.replaceAll(".*:(\\d+)/.*", "$1"));
        return new Started(process, seconds, port);
      }
    }
    throw new IOException(
        command
            + " ended with "
            + process.waitFor()
            + ": "
            + Files.readString(folder.resolve("said")));
  }

  private record Started(Process process, double seconds, int port) implements AutoCloseable {
    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
