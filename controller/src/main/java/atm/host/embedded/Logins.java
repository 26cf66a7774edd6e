package atm.host.embedded;

import atm.host.Host.Access;
import atm.host.Host.Account;
import atm.host.Host.CardRefusal;
import atm.host.Host.Customer;
import atm.host.Host.Login;
import atm.ledger.Customers.Card;
import atm.ledger.Customers.Person;
import atm.ledger.Ledger;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;

/// Card and PIN. A try is on disk before the PIN is compared, so that pulling the plug never buys
/// another; an unknown card and a refused one do the same work as a wrong PIN.
final class Logins {
  static final int TRIES_MAX = 3;

  private final Ledger ledger;
  private final HostKeys keys;
  private final PinVerifier verifier;
  private final WorkerExecutor worker;
  private final Clock clock;
  // What an unknown card is compared with; no PIN gives this hash.
  private final byte[] nobodysSalt;
  private final byte[] nobodysHash = new byte[32];

  Logins(Ledger ledger, HostKeys keys, PinVerifier verifier, WorkerExecutor worker, Clock clock) {
    this.ledger = ledger;
    this.keys = keys;
    this.verifier = verifier;
    this.worker = worker;
    this.clock = clock;
    this.nobodysSalt = verifier.newSalt();
  }

  byte[] cardHash(Pan pan) {
    return Crypto.hmacSha256(keys.panHash(), pan.digits().getBytes(StandardCharsets.US_ASCII));
  }

  Future<Login> login(Track2 track, PinBlock block) {
    try {
      // A block that cannot be read is the pad's fault and no try of the customer's.
      Arrays.fill(PinBlocks.decode(block, keys.pin(), track.pan().digits()), (byte) 0);
    } catch (IllegalArgumentException unreadable) {
      return Future.failedFuture(unreadable);
    }
    byte[] hash = cardHash(track.pan());
    String lastFour = track.pan().lastFour();
    return ledger
        .commit(books -> books.customers().countTry(hash, lastFour, TRIES_MAX))
        .compose(
            card ->
                worker
                    .executeBlocking(() -> matches(card, hash, block, track), false)
                    .compose(right -> answer(track, hash, card, right)));
  }

  /// What `login` would answer whatever the PIN; counts no try.
  Future<Boolean> wantsKept(Track2 track) {
    byte[] hash = cardHash(track.pan());
    return ledger
        .commit(books -> books.customers().card(hash))
        .map(known -> known.filter(card -> isToBeKept(track, card)).isPresent());
  }

  private boolean isToBeKept(Track2 track, Card card) {
    return refusal(track, Optional.of(card))
        .map(why -> why == CardRefusal.STOLEN)
        .orElse(card.tries() >= TRIES_MAX);
  }

  private boolean matches(Optional<Card> card, byte[] hash, PinBlock block, Track2 track) {
    byte[] pin = PinBlocks.decode(block, keys.pin(), track.pan().digits());
    try {
      return verifier.matches(
          pin,
          card.map(Card::salt).orElse(nobodysSalt),
          hash,
          card.map(Card::verifier).orElse(nobodysHash));
    } finally {
      Arrays.fill(pin, (byte) 0);
    }
  }

  private Future<Login> answer(Track2 track, byte[] hash, Optional<Card> card, boolean right) {
    Optional<CardRefusal> refusal = refusal(track, card);
    if (refusal.isPresent()) {
      return refused(track, refusal.get().name()).map(_ -> new Login.Refused(refusal.get()));
    }
    int before = card.orElseThrow().tries();
    if (before >= TRIES_MAX)
      return refused(track, "no tries left").map(_ -> new Login.TriesUsedUp());
    if (right) {
      return ledger
          .commit(books -> books.customers().welcome(hash))
          .map(person -> new Login.Welcome(customer(person)));
    }
    int left = TRIES_MAX - before - 1;
    return refused(track, "wrong PIN")
        .map(_ -> left > 0 ? new Login.WrongPin(left) : new Login.TriesUsedUp());
  }

  private Optional<CardRefusal> refusal(Track2 track, Optional<Card> known) {
    if (known.isEmpty()) return Optional.of(CardRefusal.NOT_OURS);
    Card card = known.get();
    YearMonth month = YearMonth.now(clock);
    return switch (card.state()) {
      case STOLEN -> Optional.of(CardRefusal.STOLEN);
      case BLOCKED -> Optional.of(CardRefusal.BLOCKED);
      case GOOD -> {
        // Good through the last day of its month.
        if (card.expires().isBefore(month) || track.expires().isBefore(month)) {
          yield Optional.of(CardRefusal.EXPIRED);
        }
        // A stripe that says otherwise than we do was not written by us.
        yield card.expires().equals(track.expires())
            ? Optional.empty()
            : Optional.of(CardRefusal.NOT_OURS);
      }
    };
  }

  private Future<Void> refused(Track2 track, String why) {
    return ledger.commit(
        books -> {
          books.customers().refused(track.pan().lastFour(), why);
          return null;
        });
  }

  private static Customer customer(Person person) {
    return new Customer(
        person.id(),
        person.holder(),
        person.language(),
        Access.CARD,
        person.accounts().stream()
            .map(account -> new Account(account.number(), account.kind()))
            .toList());
  }
}
