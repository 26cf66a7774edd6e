package atm.session;

import static atm.session.StoryAtm.await;

import atm.ledger.JournalEvent;
import java.util.List;
import java.util.Map;

/// What the journal tells of the last recovery: which transaction, and how it ended.
final class Recovered {
  private Recovered() {}

  /// Such as `withdrawal 000001: DISPENSE_INTENT, REVERSED`.
  static String last(StoryAtm atm) {
    List<JournalEvent> events = await(atm.ledger.commit(books -> books.eventsAfter(0, 1000)));
    return events.stream()
        .filter(event -> event.kind().equals("recovery"))
        .map(event -> text(event.details()))
        .reduce("", (_, last) -> last);
  }

  private static String text(Map<String, String> details) {
    String what = details.containsKey("deposit") ? "deposit" : "withdrawal";
    return what
        + " "
        + details.get(what)
        + ": "
        + details.get("found")
        + ", "
        + details.get("settled");
  }
}
