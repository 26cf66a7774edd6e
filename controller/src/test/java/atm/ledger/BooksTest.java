package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.ledger.Books.NoteAccount;
import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Stan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be read in the books, by a person at the machine or by the bank: each figure is the one
/// that was booked.
class BooksTest {
  private static final AccountNumber NOBODY = new AccountNumber("1000000024");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

  @TempDir Path dir;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = found(Ledger.open(dir, keys(), Clock.fixed(NOON, ZoneOffset.UTC)));
  }

  @AfterEach
  void close() {
    assertThat(await(ledger.invariants())).isEmpty();
    ledger.close();
  }

  @Test
  void newBooksAreEmptyUntilAnythingIsInThem() {
    try (Ledger fresh = Machine.open(dir.resolve("fresh"))) {
      assertThat(isEmpty(fresh)).isTrue();
      await(fresh.run(books -> books.customers().add(person("bernd"))));
      assertThat(isEmpty(fresh)).isFalse();
    }
    try (Ledger fresh = Machine.open(dir.resolve("loaded"))) {
      await(fresh.run(books -> books.loadCassette("C1", TWENTY, 1)));
      assertThat(isEmpty(fresh)).isFalse();
    }
  }

  @Test
  void eachPlaceIsToldWithTheNotesInIt() {
    stacked(ledger, "r1");

    assertThat(await(ledger.commit(Books::noteAccounts)))
        .containsExactly(
            new NoteAccount("cassette:C1", "CASSETTE", TWENTY, 98),
            new NoteAccount("cassette:C2", "CASSETTE", FIFTY, 99),
            new NoteAccount("transit:20.00 EUR", "TRANSIT", TWENTY, 2),
            new NoteAccount("transit:50.00 EUR", "TRANSIT", FIFTY, 1));
  }

  /// Credits less debits: what is owed is above zero, what is owned below.
  @Test
  void totalsAreOfAKindOfAccountAndOfNobodysOwn() {
    complete(ledger, presented(ledger, "r1"));

    assertThat(await(ledger.commit(Books::totals)))
        .isEqualTo(Map.of("BANK", -100_000L, "CUSTOMER", 91_000L, "PAYOUT", 0L, "VAULT", 700_000L));
  }

  @Test
  void theNewestEventsAreToldOldestFirst() {
    long before = ledger.journal().head().number();
    Stan stan = approved(ledger, "r1");
    await(ledger.journal().note("door-opened", Map.of("by", "Olga")));

    List<JournalEvent> all = eventsAfter(before, 10);
    assertThat(all)
        .extracting(JournalEvent::kind)
        .containsExactly("withdrawal.REQUESTED", "withdrawal.APPROVED", "door-opened");
    assertThat(all).extracting(JournalEvent::number).isSorted().startsWith(before + 1);
    assertThat(all).extracting(JournalEvent::at).containsOnly(NOON);
    assertThat(all.getFirst().stan()).contains(stan);
    assertThat(all.getLast().stan()).isEmpty();
    assertThat(all.getLast().seal()).isEqualTo(ledger.journal().head().shortForm());
    assertThat(eventsAfter(before, 2)).isEqualTo(all.subList(1, 3));
  }

  /// Of transactions, and of nothing else that is in the journal.
  @Test
  void historyHasEachStepOfEachTransactionInItsOrder() {
    stacked(ledger, "r1");
    deposit(ledger, "d1");
    await(ledger.journal().note("door-opened", Map.of("by", "Olga")));

    assertThat(await(ledger.commit(Books::history)))
        .containsExactly(
            "000001 REQUESTED.",
            "000001 APPROVED.",
            "000001 DISPENSE_INTENT.",
            "000001 STACKED.",
            "000002 OPENED.");
  }

  /// Words with a dot are of the books' own making.
  @Test
  void aNoteCannotPassForAStepOfATransaction() {
    for (String kind : List.of("withdrawal.DONE", "", "Door", "-door", "a".repeat(41))) {
      assertThatThrownBy(() -> await(ledger.journal().note(kind, Map.of())))
          .as(kind)
          .hasMessageContaining("an event's kind is lower case words");
    }
  }

  @Test
  void aCommitTellsTheTimeOfTheBooks() {
    assertThat(await(ledger.commit(Books::now))).isEqualTo(NOON);
  }

  @Test
  void anAccountThatIsNotThereIsSaidSo() {
    assertThat(knows(ALICE)).isTrue();
    assertThat(knows(NOBODY)).isFalse();
    assertThatThrownBy(() -> await(ledger.commit(books -> books.balance(NOBODY))))
        .hasMessage("there is no account " + NOBODY);
    assertThatThrownBy(() -> await(ledger.run(books -> books.customers().closeAccount(NOBODY))))
        .hasMessage("there is no account " + NOBODY);
  }

  @Test
  void anEventIsFoundByItsNumberAndAnotherIsNot() {
    Head head = ledger.journal().head();

    assertThat(eventAt(head.number())).contains(head);
    assertThat(eventAt(head.number() + 1)).isEmpty();
    assertThat(await(ledger.commit(Books::end))).isEqualTo(new Backup.End(head, NOON));
    try (Ledger fresh = Machine.open(dir.resolve("fresh"))) {
      assertThat(await(fresh.commit(Books::end)))
          .isEqualTo(new Backup.End(Chain.START, Instant.EPOCH));
    }
  }

  private List<JournalEvent> eventsAfter(long number, int most) {
    return await(ledger.commit(books -> books.eventsAfter(number, most)));
  }

  private Optional<Head> eventAt(long number) {
    return await(ledger.commit(books -> books.eventAt(number)));
  }

  private boolean knows(AccountNumber account) {
    return await(ledger.commit(books -> books.knows(account)));
  }

  private static boolean isEmpty(Ledger ledger) {
    return await(ledger.commit(Books::isEmpty));
  }

  private static Customers.Person person(String id) {
    return new Customers.Person(
        id, "Bernd", "de", List.of(new Customers.Held(BERND, AccountKind.CURRENT)));
  }
}
