package atm.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One run of Jazzer in a process of its own, and what its log says of it. In the folder stay the
/// log, what was found, and the inputs that covered something new: the next run begins with them.
///
/// @param executions how many inputs were tried
/// @param covered edges of our own code that were run through
/// @param features edges by how often they were
/// @param corpus inputs that are kept now, each for something that no other covers
/// @param what was thrown; empty when nothing was
record FuzzRun(
    Target target,
    long executions,
    int covered,
    int features,
    int corpus,
    Optional<String> what,
    Optional<Path> input) {
  static final String HEADER =
      "%-20s %12s %8s %9s %7s  %s"
          .formatted("target", "executions", "covered", "features", "corpus", "result");

  // A thousand times what the slowest good input takes; the computer may be busy.
  private static final Duration HANGS = Duration.ofSeconds(60);

  private static final int EXIT_NOTHING = 0;
  private static final String OURS = "atm.**:sim.**";

  private static final Pattern STATE =
      Pattern.compile("#(\\d+)\\s+\\w+\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/.*");
  private static final Pattern EXECUTED =
      Pattern.compile("stat::number_of_executed_units:\\s+(\\d+)");
  private static final Pattern THROWN =
      Pattern.compile("== (?:Java Exception|ERROR|.*ERROR: libFuzzer): (.*)");
  private static final Pattern WRITTEN = Pattern.compile(".*Test unit written to (.*)");

  static FuzzRun of(Target target, Duration time, Path folder) throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus").resolve(target.name()));
    Path findings = Files.createDirectories(folder.resolve("findings").resolve(target.name()));
    Path log = folder.resolve(target.name() + ".log");
    Process jazzer =
        new ProcessBuilder(
                command(target, time, corpus, seeds(target, folder), findings).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exit = jazzer.waitFor();
    return read(target, log, exit);
  }

  private static Path seeds(Target target, Path folder) throws IOException {
    Path seeds = Files.createDirectories(folder.resolve("seeds").resolve(target.name()));
    List<byte[]> good = Corpus.of(target);
    for (int i = 0; i < good.size(); i++) Files.write(seeds.resolve("seed" + i), good.get(i));
    return seeds;
  }

  private static Stream<String> command(
      Target target, Duration time, Path corpus, Path seeds, Path findings) {
    return Stream.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:+EnableDynamicAgentLoading",
        // Else what is thrown often is thrown without its sentence.
        "-XX:-OmitStackTraceInFastThrow",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-D" + FuzzedTarget.PROPERTY + "=" + target.name(),
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + FuzzedTarget.class.getName(),
        "--instrumentation_includes=" + OURS,
        // Those for Netty's use of `Unsafe` break it, on this JDK at least.
        "--custom_hook_includes=" + OURS,
        "--reproducer_path=" + findings,
        "-artifact_prefix=" + findings + "/",
        "-max_total_time=" + time.toSeconds(),
        "-max_len=" + target.bytesMax(),
        "-timeout=" + HANGS.toSeconds(),
        "-print_final_stats=1",
        corpus.toString(),
        seeds.toString());
  }

  private static FuzzRun read(Target target, Path log, int exit) throws IOException {
    long executions = 0;
    int covered = 0;
    int features = 0;
    int corpus = 0;
    Optional<String> what = Optional.empty();
    Optional<Path> input = Optional.empty();
    // What a target prints may be of any bytes.
    for (String line : Files.readString(log, ISO_8859_1).lines().toList()) {
      Matcher state = STATE.matcher(line);
      Matcher executed = EXECUTED.matcher(line);
      Matcher thrown = THROWN.matcher(line);
      Matcher written = WRITTEN.matcher(line);
      if (state.matches()) {
        executions = Long.parseLong(state.group(1));
        covered = Integer.parseInt(state.group(2));
        features = Integer.parseInt(state.group(3));
        corpus = Integer.parseInt(state.group(4));
      } else if (executed.matches()) {
        executions = Long.parseLong(executed.group(1));
      } else if (thrown.matches() && what.isEmpty()) {
        what = Optional.of(thrown.group(1));
      } else if (written.matches()) {
        input = Optional.of(Path.of(written.group(1)));
      }
    }
    if (exit != EXIT_NOTHING && what.isEmpty()) {
      what = Optional.of("Jazzer ended with " + exit + ", see " + log);
    }
    return new FuzzRun(
        target, executions, covered, features, corpus, what, input);
  }

  boolean foundNothing() {
    return what.isEmpty();
  }

  String row() {
    return "%-20s %,12d %,8d %,9d %,7d  %s"
        .formatted(
            target.name(),
            executions,
            covered,
            features,
            corpus,
            what.map(thrown -> "FOUND " + thrown.lines().findFirst().orElse("")).orElse("nothing found"));
  }

  /// What to do about it.
  Optional<String> finding() throws IOException {
    if (input.isEmpty()) return what.map(thrown -> target.name() + ": " + thrown);
    Path file = input.get();
    Path seed = file.resolveSibling(file.getFileName() + ".seed");
    Files.writeString(seed, "hex:" + HexFormat.of().formatHex(Files.readAllBytes(file)) + "\n");
    return Optional.of(
        """
        %s: %s
          input     %s
          replay    ./atm fuzz %1$s --replay %3$s
          keep      cat %s >>controller/src/test/resources/fuzz/%1$s"""
            .formatted(target.name(), what.orElse("something"), file, seed));
  }
}
