package atm.soak;

import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./atm soak`: plays visits until they are done, one fails, or Ctrl-C. Exit codes: 0 nothing was
/// wrong, 1 something was, 2 bad usage.
@Command(
    name = "soak",
    description = "Plays thousands of visits with customers and faults by seed, and audits each.",
    mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {
  private static final int BAR = 30;

  /// Visits, where there is no terminal to draw on.
  private static final int LINE_EVERY = 100;

  private static final long REDRAWN_EVERY_NS = 500_000_000;

  @Option(names = "--sessions", description = "How many (default: ${DEFAULT-VALUE}).")
  private int sessions = 2000;

  @Option(names = "--seed", description = "The first visit's; each next has the next number.")
  private long seed = System.nanoTime() % 1_000_000_000;

  @Option(
      names = "--machines",
      description = "So many serve beside one another (default: one for each processor).")
  private int machines = Runtime.getRuntime().availableProcessors();

  @Option(names = "--keep-going", description = "Go on, with a new machine, after a fault.")
  private boolean goesOn;

  @Option(names = "--tell", description = "Say of each visit what happened, step by step.")
  private boolean tells;

  @Option(names = "--config", description = "The machine (default: ${DEFAULT-VALUE}).")
  private Path config = Path.of("devices.yaml");

  private final PrintStream out = System.out;
  private final boolean draws;
  private long drawnAt;

  SoakCommand() {
    Console console = System.console();
    draws = console != null && console.isTerminal();
  }

  static void main(String[] args) {
    // Faults by the thousand are what is asked for; what they make the parts say is not.
    LogManager.getLogManager().reset();
    int code = new CommandLine(new SoakCommand()).execute(args);
    Runtime.getRuntime().halt(code);
  }

  @Override
  public Integer call() throws Exception {
    if (sessions < 1) {
      System.err.println("--sessions " + sessions + ", wanted at least 1");
      return 2;
    }
    if (machines < 1) {
      System.err.println("--machines " + machines + ", wanted at least 1");
      return 2;
    }
    Soak soak = new Soak(config, seed, sessions, machines);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(soak)));
    out.println("soak: " + sessions + " visits from seed " + seed);
    soak.run(
        visit -> {
          if (tells) out.println(String.join("\n  ", visit));
          progress(soak.figures());
        },
        failed -> {
          clearLine();
          out.printf("%s%n%n", failed.getMessage());
          if (!(failed.getCause() instanceof SoakFault)) failed.getCause().printStackTrace(out);
          if (!goesOn) soak.stop();
        });
    return end(soak);
  }

  /// Also at Ctrl-C.
  private int end(Soak soak) {
    summary(soak.figures());
    int code = soak.figures().failed == 0 ? 0 : 1;
    Runtime.getRuntime().halt(code);
    return code;
  }

  private void progress(Soak.Figures figures) {
    long now = System.nanoTime();
    if (!draws && figures.sessions % LINE_EVERY == 0) {
      out.printf(Locale.ROOT, "%,d visits, %.1f a second%n", figures.sessions, figures.perSecond());
    }
    if (!draws || now - drawnAt < REDRAWN_EVERY_NS) return;
    drawnAt = now;
    int full = (int) ((long) BAR * figures.sessions / sessions);
    out.printf(
        Locale.ROOT,
        "\r%s%s %,d of %,d, %.1f a second, %s to go%s  ",
        "█".repeat(full),
        "░".repeat(BAR - full),
        figures.sessions,
        sessions,
        figures.perSecond(),
        toGo(figures),
        figures.failed == 0 ? "" : ", " + figures.failed + " faults found");
    out.flush();
  }

  private String toGo(Soak.Figures figures) {
    Duration left =
        Duration.ofSeconds((long) ((sessions - figures.sessions) / figures.perSecond()));
    if (left.toHours() > 0) return left.toHours() + " h " + left.toMinutesPart() + " min";
    return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }

  private void clearLine() {
    if (draws) out.print("\r" + " ".repeat(BAR + 80) + "\r");
  }

  private void summary(Soak.Figures figures) {
    clearLine();
    out.printf(
        Locale.ROOT,
        "%n%,d visits, %.1f a second; a person had to count after %,d%n",
        figures.sessions,
        figures.perSecond(),
        figures.counted);
    table("customers", figures.kinds);
    table("what went wrong for them", figures.faults);
    table("how transactions ended", figures.ends);
    out.printf("%nfaults found: %d%n", figures.failed);
  }

  /// What never happened is said as such: it was not tried.
  private void table(String title, Map<String, Integer> rows) {
    out.printf("%n  %s%n", title);
    List<String> cells = new ArrayList<>();
    rows.forEach(
        (name, count) ->
            cells.add(
                count == 0
                    ? String.format("  never  %-34s", name)
                    : String.format(Locale.ROOT, "%,7d  %-34s", count, name)));
    for (int i = 0; i < cells.size(); i += 2) {
      out.println((cells.get(i) + (i + 1 < cells.size() ? cells.get(i + 1) : "")).stripTrailing());
    }
  }
}
