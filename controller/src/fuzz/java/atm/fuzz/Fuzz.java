package atm.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./atm fuzz`: guided by what they cover, tries bytes on the readers of all that comes from
/// outside, one after the other. Exit codes: 0 nothing found, 1 something found, 2 bad usage.
@Command(name = "fuzz", mixinStandardHelpOptions = true)
final class Fuzz implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET", description = "which readers (default: all)")
  private List<String> names = List.of();

  @Option(names = "--seconds", description = "for each (default: ${DEFAULT-VALUE})")
  private int seconds = 60;

  @Option(names = "--list", description = "the names of all targets")
  private boolean list;

  @Option(names = "--replay", paramLabel = "FILE", description = "gives this to one target again")
  private Optional<Path> replay = Optional.empty();

  @Option(names = "--folder", hidden = true, required = true)
  private Path folder;

  /// Where the person stands who calls: a FILE is meant from there.
  @Option(names = "--from", hidden = true, required = true)
  private Path from;

  @Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Fuzz()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      Targets.all().forEach(target -> System.out.println(target.name()));
      return 0;
    }
    if (seconds < 1) throw new ParameterException(spec.commandLine(), "--seconds wants 1 or more");
    List<Target> targets = targets();
    if (replay.isPresent()) return replay(targets, from.resolve(replay.get()));
    return fuzz(targets);
  }

  private List<Target> targets() {
    if (names.isEmpty()) return Targets.all();
    try {
      return names.stream().map(Targets::named).toList();
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(spec.commandLine(), unknown.getMessage());
    }
  }

  private int replay(List<Target> targets, Path file) throws IOException {
    if (names.size() != 1) {
      throw new ParameterException(spec.commandLine(), "--replay wants one TARGET");
    }
    if (!Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "there is no file " + file);
    }
    try {
      targets.getFirst().read(Files.readAllBytes(file));
    } catch (Exception | Error found) {
      found.printStackTrace();
      return 1;
    }
    System.out.println(targets.getFirst().name() + ": nothing found");
    return 0;
  }

  private int fuzz(List<Target> targets) throws Exception {
    System.out.println(FuzzRun.HEADER);
    List<FuzzRun> runs = new ArrayList<>();
    for (Target target : targets) {
      FuzzRun run = FuzzRun.of(target, Duration.ofSeconds(seconds), folder);
      System.out.println(run.row());
      runs.add(run);
    }
    for (FuzzRun run : runs) run.finding().ifPresent(finding -> System.out.println("\n" + finding));
    return runs.stream().allMatch(FuzzRun::foundNothing) ? 0 : 1;
  }
}
