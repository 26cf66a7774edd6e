package atm.host.embedded;

import static atm.ledger.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.host.Host.Access;
import atm.host.Host.Account;
import atm.host.Host.Authorisation.Approved;
import atm.host.Host.Authorisation.Declined;
import atm.host.Host.CardRefusal;
import atm.host.Host.Customer;
import atm.host.Host.Decline;
import atm.host.Host.DepositAnswer;
import atm.host.Host.DepositCompletion;
import atm.host.Host.DepositDecline;
import atm.host.Host.Identity;
import atm.host.Host.Login;
import atm.host.Host.PayeeAnswer;
import atm.host.Host.PinChange;
import atm.host.Host.StatementEntry;
import atm.host.Host.TransferAnswer;
import atm.host.Host.TransferDecline;
import atm.ledger.Customers.CardState;
import atm.ledger.Ledger;
import atm.ledger.LedgerKeys;
import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.Stan;
import atm.value.Track2;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the bank does besides paying out: transfers, deposits, statements, new PINs, and who comes
/// without a card. Alice has a current and a savings account, Bernd one, Carla a closed one.
class BankServicesTest {
  private static final Pan PAN = new Pan("4000001234567899");
  private static final YearMonth EXPIRES = YearMonth.of(2029, 12);
  private static final Track2 CARD = new Track2(PAN, EXPIRES, "201");
  private static final AccountNumber CURRENT = new AccountNumber("1000000008");
  private static final AccountNumber SAVINGS = new AccountNumber("1000000016");
  private static final AccountNumber BERND = new AccountNumber("1000000024");
  private static final AccountNumber CARLA = new AccountNumber("1000000032");
  private static final AccountNumber NOBODY = new AccountNumber("1000000040");
  private static final Identity BY_CARD = new Identity.ByCard(CARD);
  private static final Identity BY_ACCOUNT = new Identity.ByAccount(SAVINGS);
  private static final Customer ALICE = alice(Access.CARD);
  private static final Money TWENTY = money("20 EUR");
  private static final byte[] PIN_KEY = key(16, 3);
  private static final HostKeys KEYS =
      new HostKeys(PIN_KEY, key(32, 4), key(32, 5), key(32, 6), key(32, 7), key(32, 8));
  private static final Limits LIMITS =
      new Limits(
          new Limits.Tier(money("500 EUR"), money("1000 EUR"), money("800 EUR"), money("1000 EUR")),
          new Limits.Tier(money("200 EUR"), money("300 EUR"), money("100 EUR"), money("150 EUR")),
          money("2000 EUR"));
  private static Vertx vertx;

  @TempDir Path dir;
  private Ledger ledger;
  private EmbeddedHost host;
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    await(vertx.close());
  }

  @BeforeEach
  void open() {
    openBooks();
    await(
        DemoBank.found(
            vertx,
            ledger,
            KEYS,
            List.of(
                founder(
                    "alice",
                    "Alice Martin",
                    PAN,
                    "1234",
                    new DemoBank.Opening(CURRENT, AccountKind.CURRENT, money("1250 EUR")),
                    new DemoBank.Opening(SAVINGS, AccountKind.SAVINGS, money("7000 EUR"))),
                founder(
                    "bernd",
                    "Bernd von Vogel",
                    new Pan("4000002345678906"),
                    "2580",
                    new DemoBank.Opening(BERND, AccountKind.CURRENT, money("90 EUR"))),
                founder(
                    "carla",
                    "Carla",
                    new Pan("4000003456789011"),
                    "4711",
                    new DemoBank.Opening(CARLA, AccountKind.CURRENT, money("0 EUR")))),
            List.of()));
    await(
        ledger.commit(
            books -> {
              books.customers().closeAccount(CARLA);
              return null;
            }));
  }

  private void openBooks() {
    Clock clock = new HeldClock();
    ledger = Ledger.open(dir, new LedgerKeys(key(32, 1), key(32, 2)), clock);
    host = new EmbeddedHost(vertx, ledger, KEYS, LIMITS, clock);
  }

  private void reopen() {
    ledger.close();
    openBooks();
  }

  @AfterEach
  void booksHold() {
    assertThat(await(ledger.invariants())).isEmpty();
    ledger.close();
  }

  // Transfers.

  @Test
  void aTransferIsInBothAccountsAtOnce() {
    assertThat(transfer("t1", CURRENT, BERND, "60 EUR")).isInstanceOf(TransferAnswer.Done.class);

    assertThat(booked(CURRENT)).isEqualTo(money("1190 EUR"));
    assertThat(booked(BERND)).isEqualTo(money("150 EUR"));
  }

  @Test
  void aTransferBetweenOnesOwnAccountsIsOneToo() {
    transfer("t1", SAVINGS, CURRENT, "60 EUR");

    assertThat(booked(SAVINGS)).isEqualTo(money("6940 EUR"));
    assertThat(booked(CURRENT)).isEqualTo(money("1310 EUR"));
  }

  @ParameterizedTest
  @CsvSource({
    "1000000008, 10 EUR, SAME_ACCOUNT",
    "1000000040, 10 EUR, UNKNOWN_ACCOUNT",
    "1000000032, 10 EUR, PAYEE_CLOSED",
    "1000000024, 1250.01 EUR, OVER_BALANCE",
    "1000000024, 800.01 EUR, OVER_TRANSFER_LIMIT",
    "1000000024, 999999999999999 EUR, OVER_BALANCE",
  })
  void eachTransferThatCannotBeSaysWhy(String to, String amount, TransferDecline why) {
    assertThat(transfer("t1", CURRENT, new AccountNumber(to), amount))
        .isEqualTo(new TransferAnswer.Declined(why, money("800 EUR")));
    assertThat(booked(CURRENT)).isEqualTo(money("1250 EUR"));
  }

  @Test
  void anAmountOfAQuintillionIsAnsweredLikeAnyOther() {
    for (long minor : new long[] {1_000_000_000_000_000_000L, Long.MAX_VALUE}) {
      Money huge = Money.of(minor, "EUR");
      assertThat(await(host.transfer("t" + minor, ALICE, CURRENT, BERND, huge)))
          .isEqualTo(new TransferAnswer.Declined(TransferDecline.OVER_BALANCE, money("800 EUR")));
      assertThat(await(host.authorise("w" + minor, ALICE, CURRENT, huge)))
          .isEqualTo(new Declined(Decline.OVER_BALANCE, money("500 EUR")));
      assertThat(await(host.envelopeDeposit("e" + minor, ALICE, CURRENT, huge)))
          .isEqualTo(
              new DepositAnswer.Declined(DepositDecline.OVER_ENVELOPE_LIMIT, money("2000 EUR")));
    }
  }

  /// No screen lets it through; whoever else asks is told, and nothing is written.
  @Test
  void anAmountOfNothingIsRefusedWithAWord() {
    Money nothing = money("0 EUR");
    assertThatThrownBy(() -> await(host.authorise("w1", ALICE, CURRENT, nothing)))
        .hasMessageContaining("a withdrawal of nothing");
    assertThatThrownBy(() -> await(host.transfer("t1", ALICE, CURRENT, BERND, nothing)))
        .hasMessageContaining("a transfer of nothing");
    assertThatThrownBy(() -> await(host.transfer("t2", ALICE, CURRENT, SAVINGS, nothing)))
        .hasMessageContaining("a transfer of nothing");
    assertThatThrownBy(() -> await(host.envelopeDeposit("e1", ALICE, CURRENT, nothing)))
        .hasMessageContaining("an envelope with nothing in it");
    assertThat(lines(CURRENT, 10)).containsExactly("OPENING +1250.00 EUR 1250.00 EUR");
  }

  @Test
  void transfersOfADayAddUpToTheirLimitAndWithdrawalsDoNotCount() {
    assertThat(await(host.authorise("w1", ALICE, SAVINGS, money("500 EUR"))))
        .isInstanceOf(Approved.class);
    transfer("t1", SAVINGS, BERND, "700 EUR");
    assertThat(transfer("t2", SAVINGS, BERND, "300.01 EUR"))
        .isEqualTo(new TransferAnswer.Declined(TransferDecline.OVER_DAILY_LIMIT, money("300 EUR")));
    assertThat(transfer("t3", SAVINGS, BERND, "300 EUR")).isInstanceOf(TransferAnswer.Done.class);
    assertThat(transfer("t4", SAVINGS, BERND, "0.01 EUR"))
        .isEqualTo(new TransferAnswer.Declined(TransferDecline.OVER_DAILY_LIMIT, money("0 EUR")));

    now = now.plus(Duration.ofHours(24));
    assertThat(transfer("t5", SAVINGS, BERND, "300 EUR")).isInstanceOf(TransferAnswer.Done.class);
  }

  /// Neither over a limit nor counted against it, by card and without; no more than there is.
  @Test
  void betweenOnesOwnAccountsOnlyTheBalanceCounts() {
    assertThat(transfer("t1", SAVINGS, CURRENT, "3000 EUR"))
        .isInstanceOf(TransferAnswer.Done.class);
    assertThat(
            await(
                host.transfer(
                    "t2", alice(Access.ACCOUNT_NUMBER), SAVINGS, CURRENT, money("900 EUR"))))
        .isInstanceOf(TransferAnswer.Done.class);
    assertThat(transfer("t3", SAVINGS, CURRENT, "3100.01 EUR"))
        .isEqualTo(new TransferAnswer.Declined(TransferDecline.OVER_BALANCE, money("3100 EUR")));
    assertThat(transfer("t4", SAVINGS, BERND, "800 EUR")).isInstanceOf(TransferAnswer.Done.class);
    assertThat(transfer("t5", SAVINGS, BERND, "200.01 EUR"))
        .isEqualTo(new TransferAnswer.Declined(TransferDecline.OVER_DAILY_LIMIT, money("200 EUR")));
    assertThat(transfer("t6", SAVINGS, CURRENT, "2300 EUR"))
        .isInstanceOf(TransferAnswer.Done.class);
  }

  @Test
  void whatIsHeldCannotBeTransferred() {
    await(host.authorise("w1", ALICE, CURRENT, money("500 EUR")));
    await(host.authorise("w2", ALICE, CURRENT, money("500 EUR")));

    assertThat(transfer("t1", CURRENT, BERND, "250.01 EUR"))
        .isEqualTo(new TransferAnswer.Declined(TransferDecline.OVER_BALANCE, money("250 EUR")));
  }

  @Test
  void theSameTransferAskedAgainIsMadeOnce() {
    TransferAnswer done = transfer("t1", CURRENT, BERND, "60 EUR");
    TransferAnswer declined = transfer("t2", CURRENT, NOBODY, "60 EUR");
    reopen();

    assertThat(transfer("t1", CURRENT, BERND, "60 EUR")).isEqualTo(done);
    assertThat(transfer("t2", CURRENT, NOBODY, "60 EUR")).isEqualTo(declined);
    assertThat(booked(CURRENT)).isEqualTo(money("1190 EUR"));
    assertThatThrownBy(() -> transfer("t1", CURRENT, BERND, "61 EUR"))
        .hasMessageContaining("another transfer");
  }

  @Test
  void nobodyTransfersFromAnothersAccount() {
    assertThatThrownBy(() -> transfer("t1", BERND, CURRENT, "10 EUR"))
        .hasMessageContaining("not an account of alice");
    assertThatThrownBy(() -> await(host.statement(ALICE, BERND, 10)))
        .hasMessageContaining("not an account of alice");
    assertThatThrownBy(() -> await(host.balance(ALICE, BERND)))
        .hasMessageContaining("not an account of alice");
  }

  @Test
  void aPayeeIsShownByInitialsAlone() {
    assertThat(await(host.payee(BERND))).isEqualTo(new PayeeAnswer.Known(BERND, "B. v. V."));
    assertThat(await(host.payee(NOBODY))).isEqualTo(new PayeeAnswer.Unknown());
    assertThat(await(host.payee(CARLA))).isEqualTo(new PayeeAnswer.Closed());
  }

  @ParameterizedTest
  @CsvSource({
    "Alice Martin, A. M.",
    "Cher, C.",
    "  Élodie  Petit , É. P.",
    "आशा शर्मा, आ. श.",
    "فرح حداد, ف. ح.",
    "A B C D E, A. B. C.",
  })
  void initialsOfAnyScript(String holder, String initials) {
    assertThat(Initials.of(holder)).isEqualTo(initials);
  }

  // Deposits.

  @Test
  void aDepositIsCreditedWhenTheNotesAreInTheBins() {
    Stan stan = opened(await(host.openDeposit("d1", ALICE, CURRENT)));
    assertThat(opened(await(host.openDeposit("d1", ALICE, CURRENT)))).isEqualTo(stan);
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 3), Map.of()));
    await(ledger.journal().storeIntent(stan));

    assertThat(await(host.completeDeposit(stan, Map.of(TWENTY, 3))))
        .isEqualTo(new DepositCompletion.Credited(money("60 EUR")));
    assertThat(await(host.completeDeposit(stan, Map.of(TWENTY, 3))))
        .isEqualTo(new DepositCompletion.Credited(money("60 EUR")));
    assertThat(booked(CURRENT)).isEqualTo(money("1310 EUR"));
  }

  @Test
  void aDepositThatDoesNotAgreeIsSuspect() {
    Stan stan = opened(await(host.openDeposit("d1", ALICE, CURRENT)));
    await(ledger.journal().depositCounted(stan, Map.of(TWENTY, 3), Map.of()));
    await(ledger.journal().storeIntent(stan));

    assertThat(await(host.completeDeposit(stan, Map.of(TWENTY, 2))))
        .isInstanceOf(DepositCompletion.Suspect.class);
    assertThat(booked(CURRENT)).isEqualTo(money("1250 EUR"));
  }

  @Test
  void anEnvelopeIsUnclearedAndNeverSpendable() {
    Stan stan = opened(await(host.envelopeDeposit("e1", ALICE, CURRENT, money("800 EUR"))));

    var balance = await(host.balance(ALICE, CURRENT));
    assertThat(balance.uncleared()).isEqualTo(money("800 EUR"));
    assertThat(balance.booked()).isEqualTo(money("1250 EUR"));
    assertThat(transfer("t1", CURRENT, BERND, "1250.01 EUR"))
        .isEqualTo(new TransferAnswer.Declined(TransferDecline.OVER_BALANCE, money("800 EUR")));
    assertThat(opened(await(host.envelopeDeposit("e1", ALICE, CURRENT, money("800 EUR")))))
        .isEqualTo(stan);

    await(ledger.operator().countEnvelope(stan, money("790 EUR"), "Olga"));
    assertThat(booked(CURRENT)).isEqualTo(money("2040 EUR"));
  }

  @Test
  void anEnvelopeSaidToHoldTooMuchIsDeclinedAlsoTheSecondTime() {
    var declined =
        new DepositAnswer.Declined(DepositDecline.OVER_ENVELOPE_LIMIT, money("2000 EUR"));
    assertThat(await(host.envelopeDeposit("e1", ALICE, CURRENT, money("2000.01 EUR"))))
        .isEqualTo(declined);
    assertThat(await(host.envelopeDeposit("e1", ALICE, CURRENT, money("2000.01 EUR"))))
        .isEqualTo(declined);
  }

  @Test
  void aClosedAccountTakesNoDeposit() {
    Customer carla =
        new Customer(
            "carla", "Carla", "en", Access.CARD, List.of(new Account(CARLA, AccountKind.CURRENT)));
    var closed = new DepositAnswer.Declined(DepositDecline.ACCOUNT_CLOSED, money("0 EUR"));
    assertThat(await(host.openDeposit("d1", carla, CARLA))).isEqualTo(closed);
    assertThat(await(host.envelopeDeposit("e1", carla, CARLA, TWENTY))).isEqualTo(closed);
  }

  // Statements.

  @Test
  void aStatementHasTheNewestFirstWithTheBalanceAfterEach() {
    transfer("t1", CURRENT, BERND, "60 EUR");
    transfer("t2", SAVINGS, CURRENT, "10 EUR");
    opened(await(host.envelopeDeposit("e1", ALICE, CURRENT, money("40 EUR"))));
    await(host.authorise("w1", ALICE, CURRENT, money("100 EUR")));

    assertThat(lines(CURRENT, 10))
        .containsExactly(
            "WITHDRAWAL -100.00 EUR pending",
            "ENVELOPE +40.00 EUR pending",
            "TRANSFER_IN +10.00 EUR 1200.00 EUR from ******0016",
            "TRANSFER_OUT -60.00 EUR 1190.00 EUR from ******0024",
            "OPENING +1250.00 EUR 1250.00 EUR");
    assertThat(lines(CURRENT, 3)).hasSize(3).last().asString().startsWith("TRANSFER_IN");
    assertThat(lines(CURRENT, 1)).containsExactly("WITHDRAWAL -100.00 EUR pending");
    assertThat(lines(BERND, 1))
        .containsExactly("TRANSFER_IN +60.00 EUR 150.00 EUR from ******0008");
  }

  @Test
  void aStatementOfAnAccountThatNothingHappenedInIsEmpty() {
    assertThat(lines(CARLA, 10)).isEmpty();
  }

  @Test
  void aReversedWithdrawalLeavesNoLine() {
    Stan stan = ((Approved) await(host.authorise("w1", ALICE, CURRENT, TWENTY))).stan();
    await(host.reverse(stan, atm.host.Host.NotesLeft.NONE, "test"));

    assertThat(lines(CURRENT, 10)).containsExactly("OPENING +1250.00 EUR 1250.00 EUR");
  }

  // Without a card.

  @Test
  void accountNumberAndPinLetSomebodyInWithLowerLimits() {
    assertThat(login("1234")).isEqualTo(new Login.Welcome(alice(Access.ACCOUNT_NUMBER)));

    Customer alice = alice(Access.ACCOUNT_NUMBER);
    assertThat(await(host.balance(alice, CURRENT)).withdrawable()).isEqualTo(money("200 EUR"));
    assertThat(await(host.authorise("w1", alice, CURRENT, money("200.01 EUR"))))
        .isEqualTo(new Declined(Decline.OVER_WITHDRAWAL_LIMIT, money("200 EUR")));
    assertThat(await(host.transfer("t1", alice, CURRENT, BERND, money("100.01 EUR"))))
        .isEqualTo(
            new TransferAnswer.Declined(TransferDecline.OVER_TRANSFER_LIMIT, money("100 EUR")));
  }

  @Test
  void whatWasDrawnWithTheCardCountsWithoutItToo() {
    await(host.authorise("w1", ALICE, CURRENT, money("250 EUR")));

    assertThat(await(host.authorise("w2", alice(Access.ACCOUNT_NUMBER), CURRENT, money("60 EUR"))))
        .isEqualTo(new Declined(Decline.OVER_DAILY_LIMIT, money("50 EUR")));
  }

  @Test
  void cardAndAccountShareTheTries() {
    assertThat(login("0000")).isEqualTo(new Login.WrongPin(2));
    assertThat(await(host.login(CARD, block("0001", BY_CARD)))).isEqualTo(new Login.WrongPin(1));
    reopen();
    assertThat(login("0002")).isEqualTo(new Login.TriesUsedUp());
    assertThat(login("1234")).isEqualTo(new Login.TriesUsedUp());
    assertThat(await(host.login(CARD, block("1234", BY_CARD)))).isEqualTo(new Login.TriesUsedUp());
    assertThat(await(host.wantsKept(CARD))).isTrue();
  }

  @Test
  void anUnknownAccountIsNotOurs() {
    Identity nobody = new Identity.ByAccount(NOBODY);
    assertThat(await(host.login(NOBODY, block("1234", nobody))))
        .isEqualTo(new Login.Refused(CardRefusal.NOT_OURS));
  }

  @Test
  void aStolenOrBlockedCardBlocksTheAccountNumberButAnExpiredOneDoesNot() {
    now = Instant.parse("2035-01-01T00:00:00Z");
    assertThat(login("1234")).isInstanceOf(Login.Welcome.class);
    for (CardState state : List.of(CardState.STOLEN, CardState.BLOCKED)) {
      mark(state);
      assertThat(login("1234")).isEqualTo(new Login.Refused(CardRefusal.BLOCKED));
    }
  }

  @Test
  void aBlockMadeForTheCardDoesNotFitTheAccount() {
    assertThatThrownBy(() -> await(host.login(SAVINGS, block("1234", BY_CARD))))
        .hasMessageStartingWith("PIN block cannot be read");
  }

  // A new PIN.

  @Test
  void theNewPinIsThePinFromNowOnAlsoAfterAStop() {
    assertThat(change(BY_CARD, "1234", "8305", "8305")).isEqualTo(new PinChange.Changed());
    reopen();

    assertThat(await(host.login(CARD, block("8305", BY_CARD)))).isInstanceOf(Login.Welcome.class);
    assertThat(login("8305")).isInstanceOf(Login.Welcome.class);
    assertThat(login("1234")).isEqualTo(new Login.WrongPin(2));
  }

  @Test
  void aPinCanBeChangedWithoutTheCard() {
    assertThat(change(BY_ACCOUNT, "1234", "830527", "830527")).isEqualTo(new PinChange.Changed());

    assertThat(await(host.login(CARD, block("830527", BY_CARD)))).isInstanceOf(Login.Welcome.class);
  }

  @Test
  void aFreshSaltGoesWithEachPin() {
    change(BY_CARD, "1234", "8305", "8305");
    byte[] once = verifier();
    change(BY_CARD, "8305", "7194", "7194");
    change(BY_CARD, "7194", "8305", "8305");

    assertThat(verifier()).isNotEqualTo(once);
  }

  @Test
  void theOldPinIsTriedAsOftenAsAtTheLoginAndNoMore() {
    assertThat(change(BY_CARD, "0000", "8305", "8305")).isEqualTo(new PinChange.WrongPin(2));
    reopen();
    assertThat(change(BY_CARD, "0000", "8305", "8305")).isEqualTo(new PinChange.WrongPin(1));
    assertThat(change(BY_CARD, "0000", "8305", "8305")).isEqualTo(new PinChange.TriesUsedUp());
    assertThat(change(BY_CARD, "1234", "8305", "8305")).isEqualTo(new PinChange.TriesUsedUp());
  }

  @Test
  void aNewPinTypedDifferentlyOrEasyToGuessCostsNoTry() {
    assertThat(change(BY_CARD, "1234", "8305", "8306")).isEqualTo(new PinChange.Mismatch());
    assertThat(change(BY_CARD, "1234", "8305", "83055")).isEqualTo(new PinChange.Mismatch());
    assertThat(change(BY_CARD, "0000", "7777", "7777")).isEqualTo(new PinChange.Weak());
    assertThat(change(BY_CARD, "0000", "8305", "8305")).isEqualTo(new PinChange.WrongPin(2));
  }

  /// Only to whoever knows the old one, and with that its tries are given back.
  @Test
  void theOldPinIsNoNewOne() {
    assertThat(change(BY_CARD, "1234", "8305", "8305")).isEqualTo(new PinChange.Changed());
    byte[] before = verifier();
    assertThat(change(BY_CARD, "0000", "8305", "8305")).isEqualTo(new PinChange.WrongPin(2));

    assertThat(change(BY_CARD, "8305", "8305", "8305")).isEqualTo(new PinChange.Same());
    assertThat(change(BY_ACCOUNT, "8305", "8305", "8305")).isEqualTo(new PinChange.Same());
    assertThat(verifier()).isEqualTo(before);
    assertThat(login("0000")).isEqualTo(new Login.WrongPin(2));
  }

  @Test
  void nothingOfAPinIsInTheJournal() {
    change(BY_CARD, "1234", "8305", "8305");
    login("0000");

    // Without the seals, whose hexadecimal digits may be anything.
    List<String> told =
        await(ledger.commit(books -> books.eventsAfter(0, 1000))).stream()
            .map(event -> event.kind() + event.details())
            .toList();
    assertThat(told)
        .anyMatch(each -> each.startsWith("card.pin-changed"))
        .noneMatch(each -> each.contains("8305") || each.contains("1234"));
  }

  private PinChange change(Identity who, String old, String first, String again) {
    return await(host.changePin(who, block(old, who), block(first, who), block(again, who)));
  }

  private Login login(String pin) {
    return await(host.login(SAVINGS, block(pin, BY_ACCOUNT)));
  }

  private byte[] verifier() {
    return await(ledger.commit(books -> books.customers().card(hash()).orElseThrow().verifier()));
  }

  private void mark(CardState state) {
    await(
        ledger.commit(
            books -> {
              books.customers().mark(hash(), state);
              return null;
            }));
  }

  private static byte[] hash() {
    return Crypto.hmacSha256(KEYS.panHash(), PAN.digits().getBytes(StandardCharsets.US_ASCII));
  }

  private TransferAnswer transfer(
      String requestId, AccountNumber from, AccountNumber to, String amount) {
    return await(host.transfer(requestId, ALICE, from, to, money(amount)));
  }

  private static Stan opened(DepositAnswer answer) {
    assertThat(answer).isInstanceOf(DepositAnswer.Opened.class);
    return ((DepositAnswer.Opened) answer).stan();
  }

  private Money booked(AccountNumber account) {
    return await(ledger.commit(books -> books.balance(account))).booked();
  }

  private List<String> lines(AccountNumber account, int most) {
    Customer holder =
        new Customer(
            "x", "X", "en", Access.CARD, List.of(new Account(account, AccountKind.CURRENT)));
    return await(host.statement(holder, account, most)).stream()
        .map(BankServicesTest::line)
        .toList();
  }

  private static String line(StatementEntry entry) {
    return entry.kind()
        + (entry.in() ? " +" : " -")
        + entry.amount()
        + " "
        + entry.balance().map(Money::toString).orElse("pending")
        + entry.counterpart().map(other -> " from " + other).orElse("");
  }

  private static Customer alice(Access access) {
    return new Customer(
        "alice",
        "Alice Martin",
        "en",
        access,
        List.of(
            new Account(CURRENT, AccountKind.CURRENT), new Account(SAVINGS, AccountKind.SAVINGS)));
  }

  private static DemoBank.Founder founder(
      String id, String holder, Pan pan, String pin, DemoBank.Opening... accounts) {
    return new DemoBank.Founder(
        id,
        holder,
        pan,
        EXPIRES,
        pin.getBytes(StandardCharsets.US_ASCII),
        CardState.GOOD,
        List.of(accounts),
        "en");
  }

  /// What a pad makes of a PIN: ISO 9564-1 format 4.
  private static PinBlock block(String pin, Identity who) {
    String field = "4" + Integer.toHexString(pin.length()) + pin;
    field += "A".repeat(16 - field.length()) + "0123456789ABCDEF";
    byte[] first = Crypto.aesEncrypt(PIN_KEY, HexFormat.of().parseHex(field));
    byte[] pan = PinBlocks.panField4(who.pinBlockPan().digits());
    byte[] second = Crypto.aesEncrypt(PIN_KEY, Crypto.xor(first, pan));
    return new PinBlock(PinBlock.Format.ISO_4, "PinKey01", second);
  }

  private static Money money(String text) {
    return Money.parse(text);
  }

  private static byte[] key(int bytes, int fill) {
    byte[] key = new byte[bytes];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  /// Stands at `now`, which the test sets.
  private final class HeldClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
