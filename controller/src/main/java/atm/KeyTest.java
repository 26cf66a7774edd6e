package atm;

import atm.Doctor.Finding;
import atm.device.DeviceException;
import atm.device.Fault;
import atm.device.PinPad;
import atm.device.PinPad.Key;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Lets whoever sits at the terminal press each key of a keypad, and ticks those that arrive. Over
/// when all have, at Enter on the terminal, or when the time is up. Not for a PIN: what is pressed
/// is shown. Blocks.
final class KeyTest {
  /// Twenty keys, three seconds each, by somebody who stands at the machine.
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private static final String KEYS = "keys";

  private final PrintStream out;
  private final InputStream terminal;

  KeyTest(PrintStream out, InputStream terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  Finding of(PinPad pad) throws InterruptedException {
    Set<Key> missing = EnumSet.copyOf(pad.capabilities().keys());
    int all = missing.size();
    out.printf("  ? %-8s press each key: %s; Enter here when done%n", KEYS, words(missing));
    Future<Key> end =
        pad.readKeys(
            pad.capabilities().keys(),
            Set.of(),
            WITHIN,
            () -> Thread.ofPlatform().daemon().name("key-test").start(() -> awaitEnter(pad)),
            key -> tick(pad, key, missing));
    Fault why = faultThatEnds(end);
    if (missing.isEmpty()) return Finding.good(KEYS, "all " + all + " came");
    if (why.code() == Fault.Code.CANCELED || why.code() == Fault.Code.TIMEOUT) {
      return Finding.bad(
          KEYS,
          "no press came of " + words(missing),
          "press them again; look at the wires of their rows and columns, and at the settings");
    }
    return Finding.bad(KEYS, why.detail(), "see to the keypad, then ask again");
  }

  private void tick(PinPad pad, Key key, Set<Key> missing) {
    if (missing.remove(key)) out.printf("    %s ✓%n", word(key));
    if (missing.isEmpty()) pad.cancel();
  }

  private void awaitEnter(PinPad pad) {
    try {
      for (int read = terminal.read(); read != '\n' && read >= 0; ) read = terminal.read();
    } catch (IOException gone) {
      // Nobody can say any more that it is enough.
    }
    pad.cancel();
  }

  /// It has no key that ends it, so a fault does.
  private static Fault faultThatEnds(Future<Key> end) throws InterruptedException {
    try {
      end.toCompletionStage().toCompletableFuture().get(2 * WITHIN.toSeconds(), TimeUnit.SECONDS);
      throw new IllegalStateException("a key ended it");
    } catch (ExecutionException failed) {
      return DeviceException.faultOf(failed.getCause());
    } catch (TimeoutException silent) {
      return new Fault(Fault.Code.TIMEOUT, "the pad does not answer");
    }
  }

  private static String words(Set<Key> keys) {
    return keys.stream().map(KeyTest::word).collect(Collectors.joining(" "));
  }

  private static String word(Key key) {
    if (key.isDigit()) return String.valueOf(key.digit());
    return key.isFdk() ? key.name() : key.name().toLowerCase(Locale.ROOT);
  }
}
