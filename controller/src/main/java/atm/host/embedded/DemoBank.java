package atm.host.embedded;

import atm.ledger.Books;
import atm.ledger.Customers.Card;
import atm.ledger.Customers.CardState;
import atm.ledger.Customers.Held;
import atm.ledger.Customers.Person;
import atm.ledger.Ledger;
import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Pan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Founds the bank in an empty ledger: customers with cards and money, and the first load of the
/// cassettes, in one commit. Leaves any other ledger alone.
public final class DemoBank {
  /// @param pin digits as ASCII; filled with zeros once the bank is founded
  /// @param accounts the one for daily use first
  public record Founder(
      String id,
      String holder,
      Pan pan,
      YearMonth expires,
      byte[] pin,
      CardState state,
      List<Opening> accounts,
      String language) {
    /// Somebody with a good card and one account.
    public Founder(
        String id,
        String holder,
        Pan pan,
        YearMonth expires,
        byte[] pin,
        AccountNumber account,
        Money balance,
        String language) {
      this(
          id,
          holder,
          pan,
          expires,
          pin,
          CardState.GOOD,
          List.of(new Opening(account, AccountKind.CURRENT, balance)),
          language);
    }

    @Override
    public String toString() {
      return "customer " + id;
    }
  }

  /// An account with what the bank pays into it.
  public record Opening(AccountNumber number, AccountKind kind, Money balance) {}

  public record Load(String cassette, Money note, int count) {}

  private record Issued(Founder founder, byte[] cardHash, byte[] salt, byte[] verifier) {}

  private DemoBank() {}

  /// Completes with whether it was founded now.
  public static Future<Boolean> found(
      Vertx vertx, Ledger ledger, HostKeys keys, List<Founder> founders, List<Load> loads) {
    return found(vertx, ledger, keys, new PinVerifier(keys.pinPepper()), founders, loads);
  }

  /// The same with another verifier than the keys' own.
  public static Future<Boolean> found(
      Vertx vertx,
      Ledger ledger,
      HostKeys keys,
      PinVerifier verifier,
      List<Founder> founders,
      List<Load> loads) {
    return ledger
        .commit(Books::isEmpty)
        .compose(
            empty -> {
              if (!empty) return Future.succeededFuture(false);
              return vertx
                  .executeBlocking(() -> issue(keys, verifier, founders))
                  .compose(issued -> ledger.commit(books -> book(books, issued, loads)));
            })
        .onComplete(_ -> founders.forEach(f -> Arrays.fill(f.pin(), (byte) 0)));
  }

  private static List<Issued> issue(HostKeys keys, PinVerifier verifier, List<Founder> founders) {
    List<Issued> issued = new ArrayList<>();
    for (Founder f : founders) {
      byte[] pan = f.pan().digits().getBytes(StandardCharsets.US_ASCII);
      byte[] cardHash = Crypto.hmacSha256(keys.panHash(), pan);
      byte[] salt = verifier.newSalt();
      issued.add(new Issued(f, cardHash, salt, verifier.hash(f.pin(), salt, cardHash)));
    }
    return issued;
  }

  private static boolean book(Books books, List<Issued> issued, List<Load> loads) {
    // Asked again: somebody may have been first while the PINs were hashed.
    if (!books.isEmpty()) return false;
    for (Issued each : issued) {
      Founder f = each.founder();
      List<Held> held = f.accounts().stream().map(a -> new Held(a.number(), a.kind())).toList();
      books.customers().add(new Person(f.id(), f.holder(), f.language(), held));
      for (Opening a : f.accounts()) books.customers().openAccount(a.number(), a.balance());
      books
          .customers()
          .addCard(
              new Card(
                  each.cardHash(),
                  f.pan().lastFour(),
                  f.id(),
                  f.expires(),
                  f.state(),
                  each.salt(),
                  each.verifier(),
                  0));
    }
    for (Load load : loads) books.loadCassette(load.cassette(), load.note(), load.count());
    return true;
  }
}
