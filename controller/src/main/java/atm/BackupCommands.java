package atm;

import atm.Main.Data;
import atm.Main.StartCheckFailed;
import atm.ledger.Backup;
import atm.ledger.Ledger;
import atm.ledger.LedgerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `atm backup` and `atm restore`: the books into one file, and back.
final class BackupCommands {
  private BackupCommands() {}

  @Command(
      name = "backup",
      description = "Copy the books into one file, also while the machine runs.",
      mixinStandardHelpOptions = true)
  static final class ToFile implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A new file, in a folder that is there.")
    private Path file;

    @CommandLine.Mixin private Data data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      return answer(
          spec,
          () -> {
            Path folder = data.writable();
            Optional<String> asked = Door.ask(folder, file);
            String end = asked.isPresent() ? asked.get() : withoutController(folder);
            return file
                + ": the books up to "
                + end
                + "\nNobody can read it without "
                + folder.resolve(Keys.CONTROLLER_FILE)
                + ", which is not in it: keep a copy of that apart.\n";
          });
    }

    private String withoutController(Path folder) throws StartCheckFailed {
      if (!Files.exists(folder.resolve(Backup.DATABASE))) {
        throw new StartCheckFailed("there are no books in " + folder);
      }
      try (Ledger ledger = Ledger.open(folder, Keys.load(folder).ledger(), Clock.systemUTC())) {
        return ledger.backUp(file).toString();
      }
    }
  }

  @Command(
      name = "restore",
      description = "Make the books of a data folder without any from a backup.",
      mixinStandardHelpOptions = true)
  static final class FromFile implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What ./atm backup wrote.")
    private Path file;

    @CommandLine.Mixin private Data data;

    @Spec private CommandSpec spec;

    private Optional<Backup.Known> known = Optional.empty();

    @Option(
        names = "--known",
        paramLabel = "HEAD",
        description = "The journal's place on the last receipt, as in 1043-9F3A2C1B.")
    void known(String head) {
      try {
        known = Optional.of(Backup.Known.parse(head));
      } catch (IllegalArgumentException wrong) {
        throw new ParameterException(spec.commandLine(), "--known " + wrong.getMessage());
      }
    }

    @Override
    public Integer call() {
      return answer(
          spec,
          () -> {
            Path folder = data.writable();
            if (!Keys.exist(folder)) {
              throw new StartCheckFailed(
                  folder.resolve(Keys.CONTROLLER_FILE)
                      + " is missing: put the keys there that the books were written with");
            }
            Backup.End end =
                Backup.restore(file, folder, Keys.load(folder).ledger(), Clock.systemUTC(), known);
            return "The books are whole, and end at "
                + end
                + ".\n"
                + known.map(head -> missing(end, head)).orElse("")
                + "Count the cassettes before cash is paid out: what moved since is in no book.\n";
          });
    }

    private static String missing(Backup.End end, Backup.Known known) {
      long last = end.head().number();
      return known.number() <= last
          ? "Nothing is missing up to event " + known.number() + ".\n"
          : "Events " + (last + 1) + " to " + known.number() + " are missing, or more.\n";
    }
  }

  /// @param work answers with what to say
  private static int answer(CommandSpec spec, Callable<String> work) {
    CommandLine command = spec.commandLine();
    try {
      command.getOut().print(work.call());
      command.getOut().flush();
      return 0;
    } catch (StartCheckFailed | Keys.KeyFileException | LedgerException failed) {
      command.getErr().println(failed.getMessage());
    } catch (Exception failed) {
      command.getErr().println("that did not work: " + failed);
    }
    command.getErr().flush();
    return Main.START_CHECK;
  }
}
