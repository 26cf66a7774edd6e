package atm.screen;

import java.util.List;
import java.util.Optional;

/// One screen, resolved into one language: all that a page needs to render it. Never holds a PIN, a
/// full card number or a full account number of somebody else.
///
/// @param seq counts every model shown; a page drops an older one
/// @param session names the customer's session; empty between customers
/// @param screen which screen, in the words of the screen contract: `idle`, `pin`, `take-cash` …
/// @param body lines; one with tabs is a row of a table
/// @param aids what helps this customer to read
/// @param remainingMs milliseconds until the screen ends by itself, 0 where it does not
public record ScreenModel(
    long seq,
    String session,
    String screen,
    String lang,
    String dir,
    String title,
    List<String> body,
    List<Option> options,
    Optional<Entry> entry,
    long remainingMs,
    String speech,
    Severity severity,
    Aids aids) {
  public enum Severity {
    INFO,
    SUCCESS,
    WARNING,
    ERROR
  }

  /// What a function key does: `A`-`D` are on the right, `F`-`I` on the left, top to bottom.
  public record Option(char fdk, String id, String label, boolean enabled) {}

  /// What the customer is typing. A PIN shows how many digits, nothing else.
  public sealed interface Entry {
    record Pin(int count) implements Entry {}

    record Amount(String text) implements Entry {}

    /// An account number, its digits in groups.
    record Account(String text) implements Entry {}
  }

  public ScreenModel {
    body = List.copyOf(body);
    options = List.copyOf(options);
  }
}
