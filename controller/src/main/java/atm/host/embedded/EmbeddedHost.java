package atm.host.embedded;

import atm.host.Host;
import atm.ledger.Books;
import atm.ledger.Deposits;
import atm.ledger.Deposits.Deposit;
import atm.ledger.Envelopes;
import atm.ledger.Envelopes.Envelope;
import atm.ledger.Ledger;
import atm.ledger.Payments;
import atm.ledger.Payments.Payment;
import atm.ledger.StatementLine;
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
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Our own bank, on this machine's ledger: what it decides and what the machine did are committed
/// together. Answers on the caller's context.
public final class EmbeddedHost implements Host {
  private final Ledger ledger;
  private final HostKeys keys;
  private final Limits limits;
  private final DispenseTokens tokens;
  private final Logins logins;

  public EmbeddedHost(Vertx vertx, Ledger ledger, HostKeys keys, Limits limits, Clock clock) {
    this(vertx, ledger, keys, new PinVerifier(keys.pinPepper()), limits, clock);
  }

  public EmbeddedHost(
      Vertx vertx, Ledger ledger, HostKeys keys, PinVerifier verifier, Limits limits, Clock clock) {
    this.ledger = ledger;
    this.keys = keys;
    this.limits = limits;
    this.tokens = new DispenseTokens(keys.authenticateHost(), keys.authenticateDevice());
    // One at a time: each takes 19 MiB, and there is one customer at this machine.
    WorkerExecutor worker = vertx.createSharedWorkerExecutor("pin-verifier", 1);
    this.logins = new Logins(ledger, keys, verifier, worker, clock);
  }

  @Override
  public Optional<PinBlock.Format> pinBlockFormat(Set<PinBlock.Format> pad) {
    // AES before TDES, and random fill before constant.
    return Stream.of(PinBlock.Format.ISO_4, PinBlock.Format.ISO_3, PinBlock.Format.ISO_0)
        .filter(pad::contains)
        .filter(format -> format == PinBlock.Format.ISO_4 || keys.tdes().isPresent())
        .findFirst();
  }

  @Override
  public WrappedKey pinKey(PinBlock.Format format) {
    if (format == PinBlock.Format.ISO_4) {
      return new WrappedKey(
          "PinKey01",
          "P0",
          "A",
          "E",
          "KEK01",
          Crypto.aesEncrypt(keys.keyEncryption(), keys.pin()),
          Crypto.checkValue(keys.pin()));
    }
    HostKeys.Tdes tdes = keys.tdes().orElseThrow();
    return new WrappedKey(
        "PinKey02",
        "P0",
        "T",
        "E",
        "TMK01",
        Crypto.tdesEncrypt(tdes.master(), tdes.pin()),
        Arrays.copyOf(Crypto.tdesEncrypt(tdes.pin(), new byte[8]), 3));
  }

  @Override
  public Future<Login> login(Track2 card, PinBlock pin) {
    return logins.login(new Identity.ByCard(card), pin);
  }

  @Override
  public Future<Boolean> wantsKept(Track2 card) {
    return logins.wantsKept(card);
  }

  @Override
  public Future<Login> login(AccountNumber account, PinBlock pin) {
    return logins.login(new Identity.ByAccount(account), pin);
  }

  @Override
  public Future<PinChange> changePin(Identity who, PinBlock old, PinBlock first, PinBlock again) {
    return logins.changePin(who, old, first, again);
  }

  @Override
  public Future<Balance> balance(Customer customer, AccountNumber account) {
    return owned(
        customer,
        account,
        books -> {
          Allowance allowance = allowance(books, customer, account);
          Money most = allowance.withdrawable();
          // One minor unit more is what would be declined, for whatever reason comes first.
          Money tooMuch = most.plus(new Money(1, most.currency()));
          return new Balance(
              account,
              allowance.balance().booked(),
              allowance.balance().available(),
              books.uncleared(account),
              most,
              allowance.againstWithdrawal(tooMuch).orElseThrow());
        });
  }

  @Override
  public Future<List<StatementEntry>> statement(
      Customer customer, AccountNumber account, int most) {
    return owned(
        customer,
        account,
        books -> books.statement(account, most).stream().map(EmbeddedHost::entry).toList());
  }

  private static StatementEntry entry(StatementLine line) {
    StatementKind kind =
        switch (line.reason()) {
          case OPENING -> StatementKind.OPENING;
          case WITHDRAWAL -> StatementKind.WITHDRAWAL;
          case DEPOSIT -> StatementKind.DEPOSIT;
          case ENVELOPE -> StatementKind.ENVELOPE;
          case TRANSFER -> line.in() ? StatementKind.TRANSFER_IN : StatementKind.TRANSFER_OUT;
          case CORRECTION -> StatementKind.CORRECTION;
        };
    return new StatementEntry(
        line.at(),
        kind,
        line.in(),
        line.amount(),
        line.balance(),
        line.counterpart().map(AccountNumber::masked),
        line.stan());
  }

  @Override
  public Future<Authorisation> authorise(
      String requestId, Customer customer, AccountNumber account, Money amount) {
    return owned(
        customer, account, books -> authorise(books, requestId, customer, account, amount));
  }

  private Authorisation authorise(
      Books books, String requestId, Customer customer, AccountNumber account, Money amount) {
    Withdrawals withdrawals = books.withdrawals();
    Optional<Withdrawal> before = withdrawals.requested(requestId, customer.id(), account, amount);
    if (before.isPresent()) return sameAnswer(before.get());

    Allowance allowance = allowance(books, customer, account);
    Optional<Decline> decline = allowance.againstWithdrawal(amount);
    Stan stan = withdrawals.request(requestId, customer.id(), account, amount);
    if (decline.isEmpty()) {
      withdrawals.approve(stan);
      return new Authorisation.Approved(stan);
    }
    withdrawals.decline(stan, decline.get().name(), allowance.withdrawable());
    return new Authorisation.Declined(decline.get(), allowance.withdrawable());
  }

  private static Authorisation sameAnswer(Withdrawal w) {
    return w.decline()
        .<Authorisation>map(why -> new Authorisation.Declined(Decline.valueOf(why), w.most()))
        .orElseGet(() -> new Authorisation.Approved(w.stan()));
  }

  @Override
  public Future<PayeeAnswer> payee(AccountNumber account) {
    return ledger.commit(
        books -> {
          if (!books.knows(account)) return new PayeeAnswer.Unknown();
          if (books.balance(account).closed()) return new PayeeAnswer.Closed();
          return books
              .customers()
              .holderOf(account)
              .<PayeeAnswer>map(holder -> new PayeeAnswer.Known(account, Initials.of(holder)))
              .orElseGet(PayeeAnswer.Unknown::new);
        });
  }

  @Override
  public Future<TransferAnswer> transfer(
      String requestId, Customer customer, AccountNumber from, AccountNumber to, Money amount) {
    return owned(customer, from, books -> transfer(books, requestId, customer, from, to, amount));
  }

  private TransferAnswer transfer(
      Books books,
      String requestId,
      Customer customer,
      AccountNumber from,
      AccountNumber to,
      Money amount) {
    Payments payments = books.payments();
    Optional<Payment> before = payments.requested(requestId, customer.id(), from, to, amount);
    if (before.isPresent()) return sameAnswer(before.get());

    Allowance allowance = allowance(books, customer, from);
    boolean toOthers = from.equals(to) || !customer.owns(to);
    Optional<TransferDecline> decline =
        againstPayee(books, from, to).or(() -> allowance.againstTransfer(amount, toOthers));
    if (decline.isEmpty()) {
      return new TransferAnswer.Done(payments.pay(requestId, customer.id(), from, to, amount));
    }
    Money most = allowance.transferable(toOthers);
    payments.decline(requestId, customer.id(), from, to, amount, decline.get().name(), most);
    return new TransferAnswer.Declined(decline.get(), most);
  }

  private static Optional<TransferDecline> againstPayee(
      Books books, AccountNumber from, AccountNumber to) {
    if (from.equals(to)) return Optional.of(TransferDecline.SAME_ACCOUNT);
    if (!books.knows(to)) return Optional.of(TransferDecline.UNKNOWN_ACCOUNT);
    if (books.balance(to).closed()) return Optional.of(TransferDecline.PAYEE_CLOSED);
    return Optional.empty();
  }

  private static TransferAnswer sameAnswer(Payment p) {
    return p.decline()
        .<TransferAnswer>map(
            why -> new TransferAnswer.Declined(TransferDecline.valueOf(why), p.most()))
        .orElseGet(() -> new TransferAnswer.Done(p.stan()));
  }

  @Override
  public Future<DepositAnswer> openDeposit(
      String requestId, Customer customer, AccountNumber account) {
    return owned(
        customer,
        account,
        books -> {
          Deposits deposits = books.deposits();
          Optional<Deposit> before = deposits.requested(requestId, customer.id(), account);
          if (before.isPresent()) return new DepositAnswer.Opened(before.get().stan());
          Books.Balance balance = books.balance(account);
          Currency currency = balance.booked().currency();
          if (balance.closed()) {
            return new DepositAnswer.Declined(DepositDecline.ACCOUNT_CLOSED, Money.zero(currency));
          }
          return new DepositAnswer.Opened(
              deposits.open(requestId, customer.id(), account, currency));
        });
  }

  @Override
  public Future<DepositCompletion> completeDeposit(Stan stan, Map<Money, Integer> stored) {
    return ledger.commit(
        books ->
            books.deposits().complete(stan, stored)
                ? new DepositCompletion.Credited(books.deposits().credited(stan))
                : new DepositCompletion.Suspect("the device stored other notes than it counted"));
  }

  @Override
  public Future<DepositAnswer> envelopeDeposit(
      String requestId, Customer customer, AccountNumber account, Money declared) {
    return owned(
        customer, account, books -> envelope(books, requestId, customer, account, declared));
  }

  private DepositAnswer envelope(
      Books books, String requestId, Customer customer, AccountNumber account, Money declared) {
    Envelopes envelopes = books.envelopes();
    Optional<Envelope> before = envelopes.requested(requestId, customer.id(), account, declared);
    if (before.isPresent()) return sameAnswer(before.get());

    if (declared.isZero()) throw new IllegalArgumentException("an envelope with nothing in it");
    if (books.balance(account).closed()) {
      Money nothing = Money.zero(declared.currency());
      return declined(
          envelopes,
          requestId,
          customer,
          account,
          declared,
          DepositDecline.ACCOUNT_CLOSED,
          nothing);
    }
    if (declared.isMoreThan(limits.perEnvelope())) {
      DepositDecline why = DepositDecline.OVER_ENVELOPE_LIMIT;
      return declined(envelopes, requestId, customer, account, declared, why, limits.perEnvelope());
    }
    return new DepositAnswer.Opened(envelopes.accept(requestId, customer.id(), account, declared));
  }

  private static DepositAnswer declined(
      Envelopes envelopes,
      String requestId,
      Customer customer,
      AccountNumber account,
      Money declared,
      DepositDecline why,
      Money most) {
    envelopes.decline(requestId, customer.id(), account, declared, why.name(), most);
    return new DepositAnswer.Declined(why, most);
  }

  private static DepositAnswer sameAnswer(Envelope e) {
    return e.decline()
        .<DepositAnswer>map(
            why -> new DepositAnswer.Declined(DepositDecline.valueOf(why), e.most()))
        .orElseGet(() -> new DepositAnswer.Opened(e.stan()));
  }

  private Allowance allowance(Books books, Customer customer, AccountNumber account) {
    return new Allowance(books, limits.of(customer.access()), account);
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

  /// Runs `work` where the account is the customer's, and refuses anybody else.
  private <T> Future<T> owned(Customer customer, AccountNumber account, Function<Books, T> work) {
    if (!customer.owns(account)) {
      return Future.failedFuture(
          new IllegalArgumentException(account + " is not an account of " + customer.id()));
    }
    return ledger.commit(work);
  }

  private Future<Void> run(Consumer<Books> work) {
    return ledger.commit(
        books -> {
          work.accept(books);
          return null;
        });
  }
}
