package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;

import atm.value.AccountNumber;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/// Work for the books, whose steps are said in the journal's own words once each is on disk.
record Load(Ledger ledger, Consumer<String> said) {
  private static final Money ONE = Money.parse("1 EUR");

  /// Books as of `Machine`, and Bernd with 20 EUR.
  static Ledger found(Ledger ledger) {
    Machine.found(ledger);
    await(ledger.run(books -> books.customers().openAccount(BERND, TWENTY)));
    return ledger;
  }

  /// What both have, if these steps and no others were done.
  static Money together(List<String> steps) {
    long stored = steps.stream().filter(line -> line.endsWith(" STORED.")).count();
    return Money.parse("1020 EUR").plus(TWENTY.times(Math.toIntExact(stored)));
  }

  static Money together(Books books) {
    return books.balance(ALICE).booked().plus(books.balance(BERND).booked());
  }

  void any(Random random) {
    switch (random.nextInt(3)) {
      case 0 -> withdraw();
      case 1 -> deposit();
      default -> pay(random.nextBoolean());
    }
  }

  void withdraw() {
    Journal journal = ledger.journal();
    Stan stan = approve(ledger, request(), TWENTY);
    say(stan, WithdrawalState.APPROVED);
    await(journal.dispenseIntent(stan, new Mix(Map.of("C1", 1)), TOKEN));
    say(stan, WithdrawalState.DISPENSE_INTENT);
    await(journal.stacked(stan, new Counts(Map.of("C1", 1)), Counts.NONE));
    say(stan, WithdrawalState.STACKED);
    await(journal.reversing(stan, Counts.NONE, Counts.NONE, "test"));
    say(stan, WithdrawalState.REVERSING);
    await(ledger.run(books -> books.withdrawals().reverse(stan, "test")));
    say(stan, WithdrawalState.REVERSED);
  }

  void deposit() {
    Journal journal = ledger.journal();
    Map<Money, Integer> note = Map.of(TWENTY, 1);
    Stan stan = Machine.deposit(ledger, request());
    say(stan, DepositState.OPENED);
    await(journal.depositCounted(stan, note, Map.of()));
    say(stan, DepositState.COUNTED);
    await(journal.storeIntent(stan));
    say(stan, DepositState.STORE_INTENT);
    await(ledger.commit(books -> books.deposits().complete(stan, note)));
    say(stan, DepositState.STORED);
  }

  void pay(boolean back) {
    AccountNumber from = back ? BERND : ALICE;
    AccountNumber to = back ? ALICE : BERND;
    String request = request();
    Stan stan =
        await(
            ledger.commit(
                books ->
                    books.balance(from).available().minor() < ONE.minor()
                        ? null
                        : books.payments().pay(request, "alice", from, to, ONE)));
    if (stan != null) say(stan, Payments.State.DONE);
  }

  private static String request() {
    return UUID.randomUUID().toString();
  }

  private void say(Stan stan, Enum<?> state) {
    said.accept(stan + " " + state + ".");
  }
}
