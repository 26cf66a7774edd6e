package atm.fuzz;

import java.util.function.Consumer;
import java.util.function.Predicate;

/// One parser of what comes from outside. Whatever it is given, it answers a value or the typed
/// error that it promises; anything else it throws is a fault.
///
/// @param promised whether an exception is the one that bad input is answered with
/// @param bytesMax the longest input that the wire or the file lets through to it
public record Target(String name, int bytesMax, Predicate<Exception> promised, Reading reading) {
  @FunctionalInterface
  public interface Reading {
    void read(byte[] bytes) throws Exception;
  }

  public static Target of(String name, Class<? extends Exception> promised, Reading reading) {
    return new Target(name, 4096, promised::isInstance, reading);
  }

  /// Throws what was not promised, and nothing else.
  public void read(byte[] bytes) throws Exception {
    try {
      reading.read(bytes);
    } catch (Exception e) {
      if (!promised.test(e)) throw e;
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("an error without a sentence", e);
      }
    }
  }

  /// What a reader found is looked at as a log would.
  public static <T> Consumer<T> said() {
    return found -> said(found);
  }

  public static void said(Object found) {
    if (found.toString().isEmpty()) throw new AssertionError("a value that says nothing");
  }
}
