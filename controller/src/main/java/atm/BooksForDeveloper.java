package atm;

import atm.console.Developer;
import atm.ledger.Books;
import atm.ledger.JournalEvent;
import atm.ledger.Ledger;
import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;

/// The ledger as the developer beside the simulated machine sees it.
final class BooksForDeveloper implements Developer {
  private final Ledger ledger;
  private final String currency;

  BooksForDeveloper(Ledger ledger, String currency) {
    this.ledger = ledger;
    this.currency = currency;
  }

  @Override
  public void onChange(Runnable listener) {
    ledger.onCommit(listener);
  }

  @Override
  public Future<Look> look(long number, int most) {
    return ledger.commit(
        books ->
            new Look(
                books.eventsAfter(number, most).stream().map(BooksForDeveloper::event).toList(),
                books.noteAccounts().stream().map(BooksForDeveloper::box).toList(),
                books.totals(),
                currency,
                ledger.journal().open().size() + ledger.journal().openDeposits().size()));
  }

  private static Event event(JournalEvent event) {
    return new Event(
        event.number(),
        event.at(),
        event.kind(),
        event.stan().map(Stan::toString).orElse(""),
        event.details(),
        event.seal());
  }

  private static Box box(Books.NoteAccount account) {
    return new Box(account.name(), account.kind(), note(account.note()), account.count());
  }

  /// As the devices call it: `20 EUR`.
  private static String note(Money note) {
    return note.decimal().replaceFirst("\\.0+$", "") + " " + note.currency();
  }
}
