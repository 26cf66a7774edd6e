package sim;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts the simulated devices of a devices.yaml. Exit codes: 0 stopped as asked, 2 bad usage or
/// configuration, 3 it could not start.
@Command(
    name = "device-sim",
    mixinStandardHelpOptions = true,
    subcommands = ScenarioCommand.class,
    description = "Plays the devices of devices.yaml that stand at a loopback address.")
public final class Main implements Callable<Integer> {
  private static final int RUNNING = -1;
  private static final int BAD_CONFIGURATION = 2;
  private static final int NOT_STARTED = 3;

  @Option(
      names = "--config",
      description = "which machine (default: ${DEFAULT-VALUE})",
      defaultValue = "devices.yaml")
  private Path config;

  @Option(
      names = "--data",
      description = "where everything written goes (default: ${DEFAULT-VALUE})",
      defaultValue = "${sys:user.home}/.local/share/atm")
  private Path data;

  @Option(
      names = "--speed",
      description =
          "of the mechanics: 2 is twice as fast, 0 takes no time (default: as configured)")
  private Double speed;

  public static void main(String[] args) throws IOException {
    try (InputStream logging = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(logging);
    }
    int code = new CommandLine(new Main()).execute(args);
    if (code != RUNNING) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() {
    Settings settings;
    try {
      settings = Settings.read(config, data);
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      return BAD_CONFIGURATION;
    }
    if (speed != null) {
      if (!(speed >= 0 && speed <= 1000)) {
        System.err.println("device-sim: --speed " + speed + ", wanted 0 to 1000");
        return BAD_CONFIGURATION;
      }
      settings = settings.withSpeed(speed);
    }
    // Nothing is served from the jar, so nothing of it is unpacked beside the data folder.
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
    try {
      Simulator simulator =
          Simulator.start(vertx, settings)
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      stopOnSignal(vertx, simulator);
      System.out.printf(
          "device-sim: back door http://localhost:%d, playing %s%n",
          simulator.port(), String.join(", ", simulator.devices().keySet()));
      return RUNNING;
    } catch (Exception e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      System.err.println("device-sim: " + sentence(why));
      vertx.close();
      return NOT_STARTED;
    }
  }

  /// After Ctrl-C or SIGTERM everything is closed and the process ends with 0, not with the
  /// signal's number.
  private static void stopOnSignal(Vertx vertx, Simulator simulator) {
    Runnable stop =
        () -> {
          try {
            // One after the other: a future composed over both would wait for a context that the
            // second has ended.
            done(simulator.close());
            done(vertx.close());
          } catch (Exception e) {
            System.err.println("device-sim: stopped with " + e);
          }
          Runtime.getRuntime().halt(0);
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
  }

  private static void done(Future<Void> closed) throws Exception {
    closed.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private static String sentence(Throwable why) {
    return switch (why) {
      case FileSystemException e -> "cannot write to " + e.getFile() + ": " + reason(e);
      case UncheckedIOException e -> e.getMessage();
      case IOException e -> e.getMessage();
      case IllegalStateException e -> e.getMessage();
      default -> why.toString();
    };
  }

  private static String reason(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such folder";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file is in the way";
      default -> e.getReason();
    };
  }
}
