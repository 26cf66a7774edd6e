package atm.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/// Rates on a machine that has other things to do: subject and floor are measured in turns, and
/// the median turn counts, so that what disturbs one disturbs the other.
public final class Rates {
  private static final int TURNS = 5;

  private Rates() {}

  /// @param act does something once
  public static double rate(double seconds, Runnable act) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    int done = 0;
    long now;
    do {
      act.run();
      done++;
      now = System.nanoTime();
    } while (now < end);
    return done * 1e9 / (now - start);
  }

  /// The floor's median, then each subject's.
  public static double[] inTurns(DoubleSupplier... subjects) {
    double[][] seen = new double[subjects.length][TURNS];
    for (DoubleSupplier subject : subjects) subject.getAsDouble();
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < subjects.length; i++) seen[i][turn] = subjects[i].getAsDouble();
    }
    return Arrays.stream(seen).mapToDouble(Rates::median).toArray();
  }

  public static double median(double... values) {
    return quantile(0.5, values);
  }

  public static double quantile(double q, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }
}
