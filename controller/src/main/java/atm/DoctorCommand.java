package atm;

import atm.Doctor.Finding;
import atm.Doctor.Mark;
import atm.config.Config;
import atm.config.ConfigException;
import atm.config.DeviceEntry;
import atm.driver.DriverException;
import atm.driver.Drivers;
import atm.screen.Texts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `atm doctor`: how each device of the machine is, and what to do about it; `--list`: what a
/// device could be plugged into. Exit codes: 0 all well, 1 something is not.
@Command(
    name = "doctor",
    description = "Look at every device, and say what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int SOMETHING_IS_WRONG = 1;
  private static final int KNOCK_MS = 500;

  @Option(names = "--config", description = "The machine (default: ${DEFAULT-VALUE}).")
  private Path config = Path.of("devices.yaml");

  @CommandLine.Mixin private Main.Data data;

  @CommandLine.Mixin private Main.Plugged plugged;

  @Option(
      names = "--list",
      description = "Name the serial ports, GPIO chips, input devices and card readers there are.")
  private boolean list;

  @Override
  public Integer call() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (list) {
      Sockets.ofThisComputer().forEach((what, names) -> listed(out, what, names));
      return 0;
    }
    try {
      Drivers drivers = plugged.find();
      Config machine = Config.read(config, drivers::mistakes, Texts::has);
      if (somebodyListens(machine.consolePort())) {
        System.err.printf(
            "the controller runs at port %d and has the devices; how they are says"
                + " http://localhost:%1$d/health, or stop it first%n",
            machine.consolePort());
        return Main.START_CHECK;
      }
      return examine(out, drivers, machine.under(data.folder()).devices());
    } catch (ConfigException wrong) {
      System.err.println(wrong.getMessage());
      return Main.CONFIGURATION;
    } catch (DriverException broken) {
      System.err.println(broken.getMessage());
      return Main.START_CHECK;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return SOMETHING_IS_WRONG;
    }
  }

  private static int examine(PrintStream out, Drivers drivers, List<DeviceEntry> entries)
      throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try {
      Doctor doctor = new Doctor(vertx, drivers, keyTest(out));
      int wrong = 0;
      for (DeviceEntry entry : entries) {
        out.printf("%n%s  %s at %s%n", bold(entry.key()), entry.driver(), entry.at());
        List<Finding> findings = doctor.examine(entry);
        findings.forEach(finding -> told(out, finding));
        if (findings.stream().anyMatch(finding -> finding.mark() == Mark.BAD)) wrong++;
      }
      out.println();
      out.println(
          wrong == 0
              ? "all " + entries.size() + " devices are well"
              : wrong + " of " + entries.size() + " devices cannot serve");
      return wrong == 0 ? 0 : SOMETHING_IS_WRONG;
    } finally {
      vertx.close();
    }
  }

  private static void told(PrintStream out, Finding finding) {
    String mark =
        switch (finding.mark()) {
          case GOOD -> colour(32, "✓");
          case WARNING -> colour(33, "!");
          case BAD -> colour(31, "✗");
        };
    out.printf("  %s %-8s %s%n", mark, finding.what(), finding.seen());
    if (!finding.todo().isEmpty()) out.printf("             → %s%n", finding.todo());
  }

  private static void listed(PrintStream out, String what, List<String> names) {
    out.println(bold(what));
    if (names.isEmpty()) out.println("  none");
    names.forEach(name -> out.println("  " + name));
  }

  /// Its page is the one thing of a running controller that anybody may knock at.
  private static boolean somebodyListens(int port) {
    try (Socket knock = new Socket()) {
      knock.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), KNOCK_MS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  private static String bold(String words) {
    return colour(1, words);
  }

  /// Where nobody sits there, nobody can press keys.
  private static Optional<KeyTest> keyTest(PrintStream out) {
    return isTerminal() ? Optional.of(new KeyTest(out, System.in)) : Optional.empty();
  }

  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private static String colour(int code, String words) {
    return isTerminal() ? "\u001b[" + code + "m" + words + "\u001b[0m" : words;
  }
}
