package atm.host.embedded;

import static atm.ledger.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.host.Host.Access;
import atm.host.Host.Account;
import atm.host.Host.Authorisation;
import atm.host.Host.Authorisation.Approved;
import atm.host.Host.Authorisation.Declined;
import atm.host.Host.CardRefusal;
import atm.host.Host.Customer;
import atm.host.Host.Decline;
import atm.host.Host.Login;
import atm.host.Host.NotesLeft;
import atm.ledger.Customers.CardState;
import atm.ledger.Ledger;
import atm.ledger.LedgerKeys;
import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.Stan;
import atm.value.Track2;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bank: who may come in, what they get, and how often they may guess.
class EmbeddedHostTest {
  private static final Pan PAN = new Pan("4000001234567899");
  private static final AccountNumber ACCOUNT = new AccountNumber("1000000008");
  private static final YearMonth EXPIRES = YearMonth.of(2029, 12);
  private static final Track2 CARD = new Track2(PAN, EXPIRES, "201");
  private static final Customer ALICE =
      new Customer(
          "alice",
          "Alice Martin",
          "en",
          Access.CARD,
          List.of(new Account(ACCOUNT, AccountKind.CURRENT)));
  private static final byte[] PIN_KEY = key(16, 3);
  private static final HostKeys KEYS =
      new HostKeys(PIN_KEY, key(32, 4), key(32, 5), key(32, 6), key(32, 7), key(32, 8));
  private static Vertx vertx;

  @TempDir Path dir;
  private final HeldClock clock = new HeldClock(Instant.parse("2026-11-22T10:00:00Z"));
  private Ledger ledger;
  private EmbeddedHost host;

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
    ledger = Ledger.open(dir, new LedgerKeys(key(32, 1), key(32, 2)), clock);
    host = new EmbeddedHost(vertx, ledger, KEYS, LIMITS, clock);
    assertThat(found()).isTrue();
  }

  @AfterEach
  void booksHold() {
    assertThat(await(ledger.invariants())).isEmpty();
    ledger.close();
  }

  private boolean found() {
    return await(
        DemoBank.found(
            vertx,
            ledger,
            KEYS,
            List.of(
                new DemoBank.Founder(
                    "alice",
                    "Alice Martin",
                    PAN,
                    EXPIRES,
                    pin("1234"),
                    ACCOUNT,
                    money("1250 EUR"),
                    "en")),
            List.of(
                new DemoBank.Load("C1", money("10 EUR"), 1000),
                new DemoBank.Load("C2", money("20 EUR"), 2000))));
  }

  private void reopen() {
    ledger.close();
    ledger = Ledger.open(dir, new LedgerKeys(key(32, 1), key(32, 2)), clock);
    host = new EmbeddedHost(vertx, ledger, KEYS, LIMITS, clock);
  }

  // Coming in.

  @Test
  void theRightPinIsWelcome() {
    assertThat(login("1234")).isEqualTo(new Login.Welcome(ALICE));
  }

  @Test
  void threeWrongPinsUseTheCardUp() {
    assertThat(login("0000")).isEqualTo(new Login.WrongPin(2));
    assertThat(login("0001")).isEqualTo(new Login.WrongPin(1));
    assertThat(login("0002")).isEqualTo(new Login.TriesUsedUp());
    // Even the right one is of no use now.
    assertThat(login("1234")).isEqualTo(new Login.TriesUsedUp());
  }

  @Test
  void aRightPinGivesTheTriesBack() {
    login("0000");
    login("0000");
    assertThat(login("1234")).isInstanceOf(Login.Welcome.class);
    assertThat(login("0000")).isEqualTo(new Login.WrongPin(2));
  }

  @Test
  void pullingThePlugBuysNoFurtherTry() {
    login("0000");
    reopen();
    assertThat(login("0000")).isEqualTo(new Login.WrongPin(1));
    reopen();
    assertThat(login("0000")).isEqualTo(new Login.TriesUsedUp());
    reopen();
    assertThat(login("1234")).isEqualTo(new Login.TriesUsedUp());
  }

  @Test
  void aTryIsOnDiskBeforeThePinIsCompared() {
    // The comparison cannot begin, since its only worker is busy: all that was done by then is
    // what a power cut at that moment leaves behind.
    var busy = new java.util.concurrent.CountDownLatch(1);
    var worker = vertx.createSharedWorkerExecutor("pin-verifier", 1);
    worker.executeBlocking(() -> busy.await(20, java.util.concurrent.TimeUnit.SECONDS));
    try {
      long before = ledger.journal().head().number();
      var login = host.login(CARD, block("0000", PAN, PIN_KEY));
      byte[] hash =
          Crypto.hmacSha256(KEYS.panHash(), PAN.digits().getBytes(StandardCharsets.US_ASCII));
      // Queued behind the try, so answered after it.
      int tries = await(ledger.commit(b -> b.customers().card(hash).orElseThrow().tries()));
      assertThat(tries).isEqualTo(1);
      assertThat(ledger.journal().head().number()).isEqualTo(before + 1);
      assertThat(login.isComplete()).isFalse();
      busy.countDown();
      assertThat(await(login)).isEqualTo(new Login.WrongPin(2));
    } finally {
      busy.countDown();
    }
  }

  @Test
  void anUnknownCardIsNotOursWhateverThePin() {
    Pan stranger = new Pan("4000009999999991");
    Track2 card = new Track2(stranger, EXPIRES, "201");

    assertThat(await(host.login(card, block("1234", stranger, PIN_KEY))))
        .isEqualTo(new Login.Refused(CardRefusal.NOT_OURS));
  }

  @Test
  void anUnknownCardDoesTheSameWorkAsAWrongPin() {
    Pan stranger = new Pan("4000009999999991");
    Track2 card = new Track2(stranger, EXPIRES, "201");
    login("0000");

    // Without the slow hash it would be ten times as fast. The quickest of a few, since a busy
    // machine only ever adds.
    long known = quickest(() -> login("0000"));
    long unknown = quickest(() -> await(host.login(card, block("0000", stranger, PIN_KEY))));
    assertThat((double) unknown / known).isGreaterThan(0.4);
  }

  private static long quickest(Runnable act) {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      act.run();
      quickest = Math.min(quickest, System.nanoTime() - start);
    }
    return quickest;
  }

  @Test
  void aCardIsGoodThroughItsLastMonth() {
    clock.now = Instant.parse("2029-12-31T23:59:59Z");
    assertThat(login("1234")).isInstanceOf(Login.Welcome.class);
    clock.now = Instant.parse("2030-01-01T00:00:00Z");
    assertThat(login("1234")).isEqualTo(new Login.Refused(CardRefusal.EXPIRED));
  }

  @Test
  void aStripeWithALaterExpiryThanOursIsForged() {
    Track2 forged = new Track2(PAN, EXPIRES.plusYears(1), "201");
    assertThat(await(host.login(forged, block("1234", PAN, PIN_KEY))))
        .isEqualTo(new Login.Refused(CardRefusal.NOT_OURS));
  }

  @Test
  void blockedAndStolenCardsAreRefusedAsSuch() {
    mark(CardState.BLOCKED);
    assertThat(login("1234")).isEqualTo(new Login.Refused(CardRefusal.BLOCKED));
    mark(CardState.STOLEN);
    assertThat(login("1234")).isEqualTo(new Login.Refused(CardRefusal.STOLEN));
  }

  @Test
  void aStolenCardAndOneWithoutTriesAreWantedKeptAndAskingCostsNoTry() {
    assertThat(await(host.wantsKept(CARD))).isFalse();
    mark(CardState.STOLEN);
    assertThat(await(host.wantsKept(CARD))).isTrue();
    mark(CardState.GOOD);
    assertThat(login("0000")).isEqualTo(new Login.WrongPin(2));
    assertThat(login("0001")).isEqualTo(new Login.WrongPin(1));
    assertThat(await(host.wantsKept(CARD))).isFalse();
    assertThat(login("0002")).isEqualTo(new Login.TriesUsedUp());
    assertThat(await(host.wantsKept(CARD))).isTrue();
    mark(CardState.BLOCKED);
    assertThat(await(host.wantsKept(CARD))).isFalse();
  }

  @Test
  void aBlockThatCannotBeReadIsNoTry() {
    PinBlock otherKey = block("1234", PAN, key(16, 99));
    assertThatThrownBy(() -> await(host.login(CARD, otherKey)))
        .hasMessageStartingWith("PIN block cannot be read");
    assertThat(login("0000")).isEqualTo(new Login.WrongPin(2));
  }

  @Test
  void aPadOfTdesAloneIsServedWithKeysOfItsOwn() {
    byte[] master = key(16, 9);
    byte[] pinKey = key(16, 10);
    HostKeys.Tdes tdes = new HostKeys.Tdes(master, pinKey);
    HostKeys keys =
        new HostKeys(
            PIN_KEY, key(32, 4), key(32, 5), key(32, 6), key(32, 7), key(32, 8), Optional.of(tdes));
    EmbeddedHost both = new EmbeddedHost(vertx, ledger, keys, LIMITS, clock);
    Set<PinBlock.Format> pad = Set.of(PinBlock.Format.ISO_0, PinBlock.Format.ISO_3);

    assertThat(host.pinBlockFormat(pad)).as("without keys for it").isEmpty();
    assertThat(both.pinBlockFormat(pad)).contains(PinBlock.Format.ISO_3);
    assertThat(both.pinBlockFormat(Set.of(PinBlock.Format.ISO_0))).contains(PinBlock.Format.ISO_0);
    assertThat(both.pinBlockFormat(Set.of(PinBlock.Format.values())))
        .contains(PinBlock.Format.ISO_4);

    var wrapped = both.pinKey(PinBlock.Format.ISO_3);
    assertThat(Crypto.tdesDecrypt(master, wrapped.value())).isEqualTo(pinKey);
    assertThat(wrapped.checkValue())
        .isEqualTo(Arrays.copyOf(Crypto.tdesEncrypt(pinKey, new byte[8]), 3));
    assertThat(await(both.login(CARD, blockOfFormat0("1234", pinKey))))
        .isInstanceOf(Login.Welcome.class);
    assertThat(await(both.login(CARD, blockOfFormat0("1235", pinKey))))
        .isEqualTo(new Login.WrongPin(2));
    assertThatThrownBy(() -> await(host.login(CARD, blockOfFormat0("1234", pinKey))))
        .hasMessageContaining("there are no TDES keys");
  }

  /// ISO 9564-1, 9.3.2.
  private static PinBlock blockOfFormat0(String pin, byte[] key) {
    HexFormat hex = HexFormat.of();
    String digits = PAN.digits();
    byte[] field = hex.parseHex("0" + pin.length() + pin + "F".repeat(14 - pin.length()));
    byte[] account =
        hex.parseHex("0000" + digits.substring(digits.length() - 13, digits.length() - 1));
    byte[] block = Crypto.tdesEncrypt(key, Crypto.xor(field, account));
    return new PinBlock(PinBlock.Format.ISO_0, "PinKey02", block);
  }

  @Test
  void thePinKeyTravelsUnderThePadsKeyWithItsCheckValue() {
    var wrapped = host.pinKey(PinBlock.Format.ISO_4);
    assertThat(Crypto.aesDecrypt(KEYS.keyEncryption(), wrapped.value())).isEqualTo(PIN_KEY);
    assertThat(wrapped.checkValue())
        .isEqualTo(Arrays.copyOf(Crypto.aesEncrypt(PIN_KEY, new byte[16]), 3));
    assertThat(wrapped.wrappedBy()).isEqualTo("KEK01");
  }

  // What they get.

  @Test
  void exactlyTheLimitIsGrantedAndACentMoreIsNot() {
    assertThat(authorise("a", "500 EUR")).isInstanceOf(Approved.class);
    assertThat(authorise("b", "500.01 EUR"))
        .isEqualTo(new Declined(Decline.OVER_WITHDRAWAL_LIMIT, money("500 EUR")));
  }

  @Test
  void exactlyTheDayIsGrantedAndACentMoreIsNot() {
    authorise("a", "500 EUR");
    authorise("b", "400 EUR");
    assertThat(authorise("c", "100.01 EUR"))
        .isEqualTo(new Declined(Decline.OVER_DAILY_LIMIT, money("100 EUR")));
    assertThat(authorise("d", "100 EUR")).isInstanceOf(Approved.class);
    assertThat(authorise("e", "0.01 EUR"))
        .isEqualTo(new Declined(Decline.OVER_DAILY_LIMIT, money("0 EUR")));
  }

  @Test
  void theDayIsAnyTwentyFourHours() {
    authorise("a", "500 EUR");
    clock.advance(Duration.ofHours(10));
    authorise("b", "500 EUR");
    clock.advance(Duration.ofHours(14).minusMillis(1));
    assertThat(authorise("c", "10 EUR")).isInstanceOf(Declined.class);
    // Now the first is a day old, the second is not.
    clock.advance(Duration.ofMillis(1));
    assertThat(authorise("d", "250.01 EUR"))
        .isEqualTo(new Declined(Decline.OVER_BALANCE, money("250 EUR")));
    assertThat(authorise("e", "250 EUR")).isInstanceOf(Approved.class);
  }

  @Test
  void whatWasReversedDoesNotCountAgainstTheDay() {
    Stan stan = ((Approved) authorise("a", "500 EUR")).stan();
    authorise("b", "500 EUR");
    await(host.reverse(stan, NotesLeft.NONE, "test"));
    await(host.reverse(stan, NotesLeft.NONE, "test"));

    assertThat(authorise("c", "500 EUR")).isInstanceOf(Approved.class);
  }

  @Test
  void aPartlyPaidWithdrawalCountsWithItsPart() {
    Stan stan = presented("a", "500 EUR", Map.of("C2", 25), Map.of("C2", 10));
    await(host.complete(stan));

    assertThat(await(host.balance(ALICE, ACCOUNT)).booked()).isEqualTo(money("1050 EUR"));
    assertThat(authorise("b", "500 EUR")).isInstanceOf(Approved.class);
    assertThat(authorise("c", "300 EUR")).isInstanceOf(Approved.class);
    assertThat(authorise("d", "10 EUR"))
        .isEqualTo(new Declined(Decline.OVER_DAILY_LIMIT, money("0 EUR")));
  }

  @Test
  void moreThanThereIsIsDeclinedWithTheMost() {
    authorise("a", "500 EUR");
    authorise("b", "500 EUR");
    clock.advance(Duration.ofHours(24));

    assertThat(authorise("c", "250.01 EUR"))
        .isEqualTo(new Declined(Decline.OVER_BALANCE, money("250 EUR")));
  }

  @Test
  void balanceTellsBookedAvailableAndWithdrawable() {
    authorise("a", "300 EUR");
    var balance = await(host.balance(ALICE, ACCOUNT));

    assertThat(balance.booked()).isEqualTo(money("1250 EUR"));
    assertThat(balance.available()).isEqualTo(money("950 EUR"));
    assertThat(balance.withdrawable()).isEqualTo(money("500 EUR"));
  }

  @Test
  void theSameRequestAgainGetsTheSameAnswer() {
    Authorisation first = authorise("a", "300 EUR");
    Authorisation declined = authorise("b", "600 EUR");
    reopen();

    assertThat(authorise("a", "300 EUR")).isEqualTo(first);
    assertThat(authorise("b", "600 EUR")).isEqualTo(declined);
    assertThat(await(host.balance(ALICE, ACCOUNT)).available()).isEqualTo(money("950 EUR"));
    assertThatThrownBy(() -> authorise("a", "310 EUR")).hasMessageContaining("another withdrawal");
  }

  @Test
  void aClosedAccountGivesNothing() {
    await(
        ledger.commit(
            books -> {
              books.customers().closeAccount(ACCOUNT);
              return null;
            }));
    assertThat(authorise("a", "10 EUR"))
        .isEqualTo(new Declined(Decline.ACCOUNT_CLOSED, money("0 EUR")));
  }

  @Test
  void anotherCustomersAccountIsOutOfReach() {
    Customer mallory = new Customer("mallory", "M", "en", Access.CARD, List.of());
    assertThatThrownBy(() -> await(host.authorise("a", mallory, ACCOUNT, money("10 EUR"))))
        .hasMessageContaining("not an account of mallory");
  }

  @Test
  void onlyAnApprovedWithdrawalIsSigned() {
    Stan stan = ((Approved) authorise("a", "60 EUR")).stan();
    DispenseToken token = await(host.dispenseToken(stan, Optional.of("ABCD")));
    assertThat(token.text()).contains("NONCE=ABCD,").contains(",DISPENSE1=60.00EUR,");

    await(ledger.journal().dispenseIntent(stan, new Mix(Map.of("C2", 3)), token));
    assertThatThrownBy(() -> await(host.dispenseToken(stan, Optional.empty())))
        .hasMessageContaining("DISPENSE_INTENT");
    assertThatThrownBy(() -> await(host.dispenseToken(new Stan(999), Optional.empty())))
        .hasMessageContaining("no withdrawal 000999");
  }

  // The founding.

  @Test
  void theBankIsFoundedOnce() {
    assertThat(found()).isFalse();
    assertThat(await(host.balance(ALICE, ACCOUNT)).booked()).isEqualTo(money("1250 EUR"));
    assertThat(ledger.cashUnits())
        .extracting(u -> u.id() + " " + u.count())
        .containsExactly("C1 1000", "C2 2000");
  }

  @Test
  void thePinIsForgottenAtTheFounding() {
    byte[] pin = pin("9999");
    await(
        DemoBank.found(
            vertx,
            ledger,
            KEYS,
            List.of(
                new DemoBank.Founder("x", "X", PAN, EXPIRES, pin, ACCOUNT, money("1 EUR"), "en")),
            List.of()));
    assertThat(pin).containsOnly(0);
  }

  private Stan presented(
      String requestId, String amount, Map<String, Integer> asked, Map<String, Integer> counted) {
    Stan stan = ((Approved) authorise(requestId, amount)).stan();
    DispenseToken token = await(host.dispenseToken(stan, Optional.empty()));
    await(ledger.journal().dispenseIntent(stan, new Mix(asked), token));
    await(ledger.journal().stacked(stan, new Counts(counted), Counts.NONE));
    await(ledger.journal().presentIntent(stan));
    await(ledger.journal().presented(stan));
    return stan;
  }

  private Login login(String pin) {
    return await(host.login(CARD, block(pin, PAN, PIN_KEY)));
  }

  private Authorisation authorise(String requestId, String amount) {
    return await(host.authorise(requestId, ALICE, ACCOUNT, money(amount)));
  }

  private void mark(CardState state) {
    byte[] hash =
        Crypto.hmacSha256(KEYS.panHash(), PAN.digits().getBytes(StandardCharsets.US_ASCII));
    await(
        ledger.commit(
            books -> {
              books.customers().mark(hash, state);
              return null;
            }));
  }

  /// What a pad makes of a PIN: ISO 9564-1 format 4.
  private static PinBlock block(String pin, Pan pan, byte[] key) {
    String field = "4" + pin.length() + pin + "A".repeat(14 - pin.length()) + "0123456789ABCDEF";
    byte[] first = Crypto.aesEncrypt(key, java.util.HexFormat.of().parseHex(field));
    byte[] second = Crypto.aesEncrypt(key, Crypto.xor(first, PinBlocks.panField4(pan.digits())));
    return new PinBlock(PinBlock.Format.ISO_4, "PinKey01", second);
  }

  private static byte[] pin(String digits) {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }

  private static Money money(String text) {
    return Money.parse(text);
  }

  private static final Limits LIMITS =
      new Limits(
          new Limits.Tier(money("500 EUR"), money("1000 EUR"), money("800 EUR"), money("1000 EUR")),
          new Limits.Tier(money("200 EUR"), money("300 EUR"), money("100 EUR"), money("150 EUR")),
          money("2000 EUR"));

  private static byte[] key(int bytes, int fill) {
    byte[] key = new byte[bytes];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  /// A clock that the test holds.
  private static final class HeldClock extends java.time.Clock {
    private volatile Instant now;

    HeldClock(Instant now) {
      this.now = now;
    }

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
