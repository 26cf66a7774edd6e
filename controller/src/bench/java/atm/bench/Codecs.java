package atm.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// What JMH says of all classes named `…Jmh`: one message, frame or mix.
final class Codecs {
  private Codecs() {}

  static List<Row> run() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include("Jmh\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(5)
            .warmupTime(TimeValue.milliseconds(400))
            .measurementIterations(8)
            .measurementTime(TimeValue.milliseconds(400))
            .jvmArgs("-XX:+UseSerialGC", "-Xmx64m")
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).run().stream().map(Codecs::row).toList();
  }

  private static Row row(RunResult result) {
    String[] name = result.getPrimaryResult().getLabel().split("\\.");
    String benchmark = result.getParams().getBenchmark();
    String owner = benchmark.substring(0, benchmark.lastIndexOf('.'));
    return Row.fact(
        "JMH: "
            + owner.substring(owner.lastIndexOf('.') + 1).replace("Jmh", "")
            + ", "
            + name[name.length - 1].replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT),
        Row.said(
            "%.2f ± %.2f µs",
            result.getPrimaryResult().getScore(), result.getPrimaryResult().getScoreError()));
  }
}
