package atm;

import atm.console.Operating;
import atm.console.OperatorAct;
import atm.console.OperatorView;
import atm.ledger.Books;
import atm.ledger.Ledger;
import atm.ledger.Operator;
import atm.ledger.Waiting;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Puts the operator's page before the books. After each act the session looks again, so that what
/// was out of service for want of a count comes back.
final class OperatorWork implements Operating {
  private static final String CASSETTE = "CASSETTE";

  private final Vertx vertx;
  private final Ledger ledger;
  private final Operators operators;
  private final Supplier<State> state;
  private final Runnable lookAgain;

  /// How the machine is now, beside its books.
  record State(String machine, boolean inService, String reason, Collection<Money> notes) {}

  OperatorWork(
      Vertx vertx, Ledger ledger, Operators operators, Supplier<State> state, Runnable lookAgain) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.operators = operators;
    this.state = state;
    this.lookAgain = lookAgain;
  }

  @Override
  public Future<Boolean> knows(String operator, byte[] password) {
    return vertx.executeBlocking(() -> operators.knows(operator, password));
  }

  @Override
  public void doorTried(String operator, boolean admitted) {
    // Whoever is not admitted may have typed anything, a password even.
    ledger
        .journal()
        .note(
            admitted ? "operator-signed-in" : "operator-refused",
            admitted ? Map.of("by", operator) : Map.of());
  }

  @Override
  public Future<OperatorView> view() {
    return ledger
        .operator()
        .waiting()
        .compose(
            waiting -> ledger.commit(Books::noteAccounts).map(accounts -> view(waiting, accounts)));
  }

  private OperatorView view(List<Waiting> waiting, List<Books.NoteAccount> accounts) {
    State now = state.get();
    List<OperatorView.Box> boxes =
        accounts.stream().map(OperatorWork::box).flatMap(Optional::stream).toList();
    TreeSet<Money> notes = new TreeSet<>(now.notes);
    boxes.forEach(box -> notes.add(box.note()));
    return new OperatorView(
        now.machine,
        now.inService,
        now.reason,
        List.copyOf(notes),
        waiting.stream().map(OperatorWork::matter).toList(),
        boxes);
  }

  private static OperatorView.Matter matter(Waiting w) {
    return new OperatorView.Matter(
        w.stan().toString(), w.why().name(), w.account().masked(), w.amount(), w.since());
  }

  /// Empty for what is no box: notes on their way.
  private static Optional<OperatorView.Box> box(Books.NoteAccount account) {
    if (account.kind().equals(CASSETTE)) {
      String id = account.name().substring(account.name().indexOf(':') + 1);
      return Optional.of(new OperatorView.Box(id, true, account.note(), account.count()));
    }
    for (Operator.Bin bin : Operator.Bin.values()) {
      if (bin.name().equals(account.kind())) {
        return Optional.of(
            new OperatorView.Box(bin.name(), false, account.note(), account.count()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Future<Void> act(String by, OperatorAct act) {
    try {
      return run(by, act)
          .onSuccess(_ -> lookAgain.run())
          .recover(failed -> Future.failedFuture(explained(failed)));
    } catch (IllegalArgumentException | IllegalStateException impossible) {
      return Future.failedFuture(explained(impossible));
    }
  }

  private Future<Void> run(String by, OperatorAct act) {
    Operator books = ledger.operator();
    return switch (act) {
      case OperatorAct.CountEnvelope(var stan, var counted) ->
          books.countEnvelope(stan, counted, by);
      case OperatorAct.SettleWithdrawal(var stan, var paid, var found) ->
          books.settleWithdrawal(stan, paid, found, by);
      case OperatorAct.SettleDeposit(var stan, var found) -> books.settleDeposit(stan, found, by);
      case OperatorAct.SettleSuspense(var stan, var found) -> books.settleSuspense(stan, found, by);
      case OperatorAct.ClearStuckNotes(var stan, var found) ->
          books.clearStuckNotes(stan, found, by);
      case OperatorAct.ExchangeCassette(var cassette, var note, int removed, int loaded) ->
          books.exchangeCassette(cassette, note, removed, loaded, by);
      case OperatorAct.EmptyBin(var bin, var counted) ->
          books.emptyBin(Operator.Bin.valueOf(bin.name()), counted, by);
    };
  }

  private static Throwable explained(Throwable failed) {
    return failed instanceof IllegalArgumentException || failed instanceof IllegalStateException
        ? new NotPossible(failed.getMessage())
        : failed;
  }
}
