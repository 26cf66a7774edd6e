package atm.ledger;

import static atm.ledger.Await.await;

import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Books of a small machine: Alice with 1,000 EUR, C1 with 100 notes of 20 EUR and C2 with 100 of
/// 50 EUR. What tests and the crash test's child begin with.
final class Machine {
  static final AccountNumber ALICE = new AccountNumber("1000000008");
  static final AccountNumber BERND = new AccountNumber("1000000016");
  static final Money TWENTY = Money.parse("20 EUR");
  static final Money FIFTY = Money.parse("50 EUR");
  static final DispenseToken TOKEN =
      new DispenseToken(
          "NONCE=00,TOKENFORMAT=1,TOKENLENGTH=0120,DISPENSE1=90.00EUR,HMACSHA256="
              + "A".repeat(64));

  private Machine() {}

  static LedgerKeys keys() {
    return new LedgerKeys(key(1), key(2));
  }

  static byte[] key(int fill) {
    byte[] key = new byte[LedgerKeys.BYTES];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  static Ledger open(Path dir) {
    return Ledger.open(dir, keys(), Clock.systemUTC());
  }

  /// Opens new books with Alice and two cassettes in them.
  static Ledger founded(Path dir) {
    return found(open(dir));
  }

  static Ledger found(Ledger ledger) {
    await(
        ledger.run(
            books -> {
              books
                  .customers()
                  .add(
                      new Customers.Person(
                          "alice",
                          "Alice Martin",
                          "en",
                          List.of(new Customers.Held(ALICE, AccountKind.CURRENT))));
              books.customers().openAccount(ALICE, Money.parse("1000 EUR"));
              books.loadCassette("C1", TWENTY, 100);
              books.loadCassette("C2", FIFTY, 100);
            }));
    return ledger;
  }

  static Stan approve(Ledger ledger, String requestId, Money amount) {
    return await(
        ledger.commit(
            books -> {
              Stan stan = books.withdrawals().request(requestId, "alice", ALICE, amount);
              books.withdrawals().approve(stan);
              return stan;
            }));
  }

  /// 90 EUR, approved: two twenties and a fifty.
  static Stan approved(Ledger ledger, String requestId) {
    return approve(ledger, requestId, Money.parse("90 EUR"));
  }

  static final Map<String, Integer> NINETY = Map.of("C1", 2, "C2", 1);

  static Stan dispensing(Ledger ledger, String requestId) {
    Stan stan = approved(ledger, requestId);
    await(ledger.journal().dispenseIntent(stan, new Mix(NINETY), TOKEN));
    return stan;
  }

  static Stan stacked(Ledger ledger, String requestId) {
    Stan stan = dispensing(ledger, requestId);
    await(ledger.journal().stacked(stan, new Counts(NINETY), Counts.NONE));
    return stan;
  }

  static Stan presented(Ledger ledger, String requestId) {
    Stan stan = stacked(ledger, requestId);
    await(ledger.journal().presentIntent(stan));
    await(ledger.journal().presented(stan));
    return stan;
  }

  static void complete(Ledger ledger, Stan stan) {
    await(ledger.run(books -> books.withdrawals().complete(stan)));
  }

  /// What the newest event tells.
  static Map<String, String> lastDetails(Ledger ledger) {
    long before = ledger.journal().head().number() - 1;
    return await(ledger.commit(books -> books.eventsAfter(before, 1))).getFirst().details();
  }

  /// Opened, before the slot is.
  static Stan deposit(Ledger ledger, String requestId) {
    return await(
        ledger.commit(
            books -> books.deposits().open(requestId, "alice", ALICE, TWENTY.currency())));
  }

  static Books.Balance balance(Ledger ledger) {
    return await(ledger.commit(books -> books.balance(ALICE)));
  }

  static int count(Ledger ledger, String unit, Money note) {
    return ledger.cashUnits().stream()
        .filter(u -> u.id().equals(unit) && u.note().orElseThrow().equals(note))
        .mapToInt(BookUnit::count)
        .sum();
  }
}
