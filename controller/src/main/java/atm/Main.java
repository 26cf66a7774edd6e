package atm;

import atm.config.Config;
import atm.config.ConfigException;
import atm.driver.DriverException;
import atm.driver.Drivers;
import atm.ledger.LedgerException;
import atm.link.WireRecording;
import atm.screen.Texts;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line. Exit codes: 0 stopped as asked, 2 bad usage or configuration, 3 a start check
/// failed.
@Command(
    name = "atm",
    description = "The ATM device controller.",
    subcommands = {
      Main.Run.class,
      Main.KeyCeremony.class,
      OperatorCommand.class,
      DoctorCommand.class,
      TraceCommand.class,
      BackupCommands.ToFile.class,
      BackupCommands.FromFile.class
    },
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  static final int CONFIGURATION = 2;
  static final int START_CHECK = 3;

  @Spec private CommandSpec spec;

  static void main(String[] args) throws IOException {
    try (InputStream logging = Main.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(logging);
    }
    int code = new CommandLine(new Main()).execute(args);
    if (code != Run.RUNNING) System.exit(code);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "wanted a command: run, keys, operator, doctor, trace, backup or restore");
  }

  /// Where everything written goes.
  static final class Data {
    @Option(
        names = "--data",
        description = "Folder for everything written (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(System.getProperty("user.home"), ".local", "share", "atm");

    Path folder() {
      return folder;
    }

    /// The folder, made when it is not there; a sentence when it cannot be written.
    Path writable() throws StartCheckFailed {
      try {
        Files.createDirectories(folder);
      } catch (IOException refused) {
        throw new StartCheckFailed(
            "the data folder " + folder + " cannot be made: " + reason(refused));
      }
      if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
        throw new StartCheckFailed("the data folder " + folder + " cannot be written");
      }
      return folder;
    }

    private static String reason(IOException refused) {
      return switch (refused) {
        case FileAlreadyExistsException _ -> "a file is in the way";
        case AccessDeniedException _ -> "permission denied";
        case FileSystemException e when e.getReason() != null -> e.getReason();
        default -> refused.toString();
      };
    }
  }

  /// Drivers that somebody else wrote, each in a jar of its own.
  static final class Plugged {
    @Option(
        names = "--drivers",
        defaultValue = "${sys:atm.drivers:-drivers}",
        description = "Folder of drivers in jars of their own (default: drivers, beside ./atm).")
    private Path folder;

    Drivers find() {
      return Drivers.find(folder);
    }
  }

  /// Why the machine does not start, in one sentence.
  static final class StartCheckFailed extends Exception {
    StartCheckFailed(String sentence) {
      super(sentence);
    }
  }

  @Command(name = "run", description = "Run the controller.", mixinStandardHelpOptions = true)
  static final class Run implements Callable<Integer> {
    /// Not an exit code: the machine runs, and `main` may return.
    static final int RUNNING = -1;

    @Option(names = "--config", description = "The machine (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("devices.yaml");

    @CommandLine.Mixin private Data data;

    @CommandLine.Mixin private Plugged plugged;

    @Spec private CommandSpec spec;

    private Integer port;

    @Option(
        names = "--demo",
        description = "In a data folder without books, make the demo bank and fill the cassettes.")
    private boolean demo;

    @Option(
        names = "--trace",
        paramLabel = "FILE",
        description = "Append what goes over all wires to a file, secrets masked.")
    private Path trace;

    @Option(names = "--port", description = "The page's port (default: as in the configuration).")
    void port(Integer asked) {
      if (asked < 0 || asked > 65_535) {
        throw new ParameterException(
            spec.commandLine(), "--port " + asked + ", wanted a port from 0 to 65535");
      }
      port = asked;
    }

    @Override
    public Integer call() {
      try {
        Drivers drivers = plugged.find();
        Config machine = Config.read(config, drivers::mistakes, Texts::has);
        Path folder = data.writable();
        if (trace != null) record(trace);
        Vertx vertx = vertx(folder);
        try {
          Atm atm = start(vertx, drivers, machine, folder);
          stopWhenAsked(vertx, atm);
          atm.whenInService(() -> System.out.println("ready http://localhost:" + atm.port() + "/"));
          return RUNNING;
        } catch (Exception failed) {
          vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
          throw failed;
        }
      } catch (ConfigException wrong) {
        System.err.println(wrong.getMessage());
        return CONFIGURATION;
      } catch (StartCheckFailed
          | DriverException
          | LedgerException
          | Keys.KeyFileException failed) {
        System.err.println(failed.getMessage());
        return START_CHECK;
      } catch (Exception failed) {
        System.err.println("the machine cannot start: " + failed);
        return START_CHECK;
      }
    }

    /// Until the program ends: what it wrote last is what is looked for.
    private static void record(Path file) throws StartCheckFailed {
      try {
        WireRecording.to(file);
      } catch (IOException refused) {
        throw new StartCheckFailed("the trace cannot be written: " + refused.getMessage());
      }
    }

    private Atm start(Vertx vertx, Drivers drivers, Config machine, Path folder) throws Exception {
      int listen = port == null ? machine.consolePort() : port;
      try {
        return Atm.start(
            vertx, drivers, new Atm.Setup(machine, folder, listen, demo), Clock.systemUTC());
      } catch (BindException refused) {
        throw new StartCheckFailed(
            "port " + listen + " for the page cannot be had: " + rootOf(refused).getMessage());
      }
    }

    /// The system's own words stand innermost; what is around them repeats the address.
    private static Throwable rootOf(Throwable failed) {
      return failed.getCause() == null ? failed : rootOf(failed.getCause());
    }

    private static Vertx vertx(Path folder) {
      // Vert.x unpacks the page from the jar; that too goes under the data folder.
      FileSystemOptions files =
          new FileSystemOptions().setFileCacheDir(folder.resolve("cache").toString());
      return Vertx.vertx(new VertxOptions().setFileSystemOptions(files));
    }

    /// Ctrl-C and SIGTERM close the books and end with 0: the machine stopped as asked.
    private static void stopWhenAsked(Vertx vertx, Atm atm) {
      Runnable stop =
          () -> {
            try {
              atm.stop();
              vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
              Runtime.getRuntime().halt(0);
            } catch (Exception stuck) {
              // Whatever did not close is what recovery is for.
              System.err.println("stopped hard: " + stuck);
              Runtime.getRuntime().halt(START_CHECK);
            }
          };
      Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
    }
  }

  @Command(
      name = "keys",
      description = "The key ceremony: make the keys of machine and devices, show check values.",
      mixinStandardHelpOptions = true)
  static final class KeyCeremony implements Callable<Integer> {
    @CommandLine.Mixin private Data data;

    @CommandLine.Option(
        names = "--add",
        description = "Add the keys that key files made long ago lack: those for TDES pads.")
    private boolean add;

    @Override
    public Integer call() {
      try {
        if (add) Keys.add(data.writable(), System.out);
        else Keys.ceremony(data.writable(), System.out);
        return 0;
      } catch (StartCheckFailed | Keys.KeyFileException failed) {
        System.err.println(failed.getMessage());
        return START_CHECK;
      }
    }
  }
}
