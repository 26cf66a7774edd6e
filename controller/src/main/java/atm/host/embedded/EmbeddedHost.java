package atm.host.embedded;

import atm.host.Host;
import atm.ledger.Books;
import atm.ledger.Ledger;
import atm.ledger.WithdrawalState;
import atm.ledger.Withdrawals;
import atm.ledger.Withdrawals.Withdrawal;
import atm.value.AccountNumber;
import atm.value.DispenseToken;
import atm.value.Money;
import atm.value.PinBlock;
import atm.value.Stan;
import atm.value.Track2;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Our own bank, on this machine's ledger: what it decides and what the machine did are committed
/// together. Answers on the caller's context.
public final class EmbeddedHost implements Host {
  private static final Duration DAY = Duration.ofHours(24);

  private final Ledger ledger;
  private final HostKeys keys;
  private final Limits limits;
  private final DispenseTokens tokens;
  private final Logins logins;

  public EmbeddedHost(Vertx vertx, Ledger ledger, HostKeys keys, Limits limits, Clock clock) {
    this.ledger = ledger;
    this.keys = keys;
    this.limits = limits;
    this.tokens = new DispenseTokens(keys.authenticateHost(), keys.authenticateDevice());
    // One at a time: each takes 19 MiB, and there is one customer at this machine.
    WorkerExecutor worker = vertx.createSharedWorkerExecutor("pin-verifier", 1);
    this.logins = new Logins(ledger, keys, new PinVerifier(keys.pinPepper()), worker, clock);
  }

  @Override
  public WrappedKey pinKey() {
    return new WrappedKey(
        "PinKey01",
        "P0",
        "A",
        "E",
        "KEK01",
        Crypto.aesEncrypt(keys.keyEncryption(), keys.pin()),
        Crypto.checkValue(keys.pin()));
  }

  @Override
  public PinBlock.Format pinBlockFormat() {
    return PinBlock.Format.ISO_4;
  }

  @Override
  public Future<Login> login(Track2 card, PinBlock pin) {
    return logins.login(card, pin);
  }

  @Override
  public Future<Boolean> wantsKept(Track2 card) {
    return logins.wantsKept(card);
  }

  @Override
  public Future<Balance> balance(Customer customer, AccountNumber account) {
    if (!customer.owns(account)) return notOf(customer, account);
    return ledger.commit(
        books -> {
          Books.Balance b = books.balance(account);
          Money most = withdrawable(books, account, b);
          // One minor unit more is what would be declined, for whatever reason comes first.
          Money tooMuch = most.plus(new Money(1, most.currency()));
          Decline limitedBy = decline(books, account, b, tooMuch).orElseThrow();
          return new Balance(
              account, b.booked(), b.available(), Money.zero(most.currency()), most, limitedBy);
        });
  }

  @Override
  public Future<Authorisation> authorise(
      String requestId, Customer customer, AccountNumber account, Money amount) {
    if (!customer.owns(account)) return notOf(customer, account);
    return ledger.commit(books -> authorise(books, requestId, customer, account, amount));
  }

  private Authorisation authorise(
      Books books, String requestId, Customer customer, AccountNumber account, Money amount) {
    Withdrawals withdrawals = books.withdrawals();
    Optional<Withdrawal> before = withdrawals.requested(requestId, customer.id(), account, amount);
    if (before.isPresent()) return sameAnswer(before.get());

    Books.Balance balance = books.balance(account);
    Stan stan = withdrawals.request(requestId, customer.id(), account, amount);
    Optional<Decline> decline = decline(books, account, balance, amount);
    if (decline.isEmpty()) {
      withdrawals.approve(stan);
      return new Authorisation.Approved(stan);
    }
    Money most = withdrawable(books, account, balance);
    withdrawals.decline(stan, decline.get().name(), most);
    return new Authorisation.Declined(decline.get(), most);
  }

  private static Authorisation sameAnswer(Withdrawal w) {
    return w.decline()
        .<Authorisation>map(why -> new Authorisation.Declined(Decline.valueOf(why), w.most()))
        .orElseGet(() -> new Authorisation.Approved(w.stan()));
  }

  private Optional<Decline> decline(
      Books books, AccountNumber account, Books.Balance balance, Money amount) {
    if (amount.isZero()) throw new IllegalArgumentException("a withdrawal of nothing");
    if (balance.closed()) return Optional.of(Decline.ACCOUNT_CLOSED);
    if (amount.isMoreThan(balance.available())) return Optional.of(Decline.OVER_BALANCE);
    if (amount.isMoreThan(limits.perWithdrawal())) {
      return Optional.of(Decline.OVER_WITHDRAWAL_LIMIT);
    }
    if (amount.isMoreThan(restOfDay(books, account))) return Optional.of(Decline.OVER_DAILY_LIMIT);
    return Optional.empty();
  }

  private Money withdrawable(Books books, AccountNumber account, Books.Balance balance) {
    if (balance.closed()) return Money.zero(balance.available().currency());
    return Stream.of(balance.available(), limits.perWithdrawal(), restOfDay(books, account))
        .min(Money::compareTo)
        .orElseThrow();
  }

  private Money restOfDay(Books books, AccountNumber account) {
    Money perDay = limits.perDay();
    Money used =
        books
            .withdrawals()
            .withdrawnSince(account, books.now().minus(DAY), Money.zero(perDay.currency()));
    return used.isMoreThan(perDay) ? Money.zero(perDay.currency()) : perDay.minus(used);
  }

  @Override
  public Future<Login> login(AccountNumber account, PinBlock pin) {
    return notYet();
  }

  @Override
  public Future<List<StatementEntry>> statement(
      Customer customer, AccountNumber account, int most) {
    return notYet();
  }

  @Override
  public Future<PayeeAnswer> payee(AccountNumber account) {
    return notYet();
  }

  @Override
  public Future<TransferAnswer> transfer(
      String requestId, Customer customer, AccountNumber from, AccountNumber to, Money amount) {
    return notYet();
  }

  @Override
  public Future<PinChange> changePin(Identity who, PinBlock old, PinBlock first, PinBlock again) {
    return notYet();
  }

  @Override
  public Future<DepositAnswer> openDeposit(
      String requestId, Customer customer, AccountNumber account) {
    return notYet();
  }

  @Override
  public Future<DepositCompletion> completeDeposit(Stan stan, Map<Money, Integer> stored) {
    return notYet();
  }

  @Override
  public Future<DepositAnswer> envelopeDeposit(
      String requestId, Customer customer, AccountNumber account, Money declared) {
    return notYet();
  }

  private static <T> Future<T> notYet() {
    return Future.failedFuture(new UnsupportedOperationException("the bank is learning this"));
  }

  @Override
  public Future<DispenseToken> dispenseToken(Stan stan, Optional<String> nonce) {
    return ledger.commit(
        books -> {
          Withdrawal w = books.withdrawals().get(stan);
          if (w.state() != WithdrawalState.APPROVED) {
            throw new IllegalStateException(
                "withdrawal " + stan + " is " + w.state() + "; only an APPROVED one is signed");
          }
          return tokens.order(nonce, w.amount());
        });
  }

  @Override
  public DispenserAnswer check(String answerToken, String nonce, DispenseToken order) {
    return tokens.check(answerToken, nonce, order);
  }

  @Override
  public Future<Void> complete(Stan stan) {
    return run(books -> books.withdrawals().complete(stan));
  }

  @Override
  public Future<Void> reverse(Stan stan, NotesLeft notes, String why) {
    return run(
        books -> {
          switch (notes) {
            case NONE, REJECTED -> books.withdrawals().reverse(stan, why);
            case STILL_INSIDE -> books.withdrawals().reverseLeavingNotesInside(stan, why);
          }
        });
  }

  private static <T> Future<T> notOf(Customer customer, AccountNumber account) {
    return Future.failedFuture(
        new IllegalArgumentException(account + " is not an account of " + customer.id()));
  }

  private Future<Void> run(Consumer<Books> work) {
    return ledger.commit(
        books -> {
          work.accept(books);
          return null;
        });
  }
}
