package atm.host.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atm.host.Host.Access;
import atm.host.Host.Account;
import atm.host.Host.CardRefusal;
import atm.host.Host.Customer;
import atm.host.Host.Identity;
import atm.host.Host.Login;
import atm.host.Host.PinChange;
import atm.ledger.Customers;
import atm.ledger.Customers.Card;
import atm.ledger.Customers.Person;
import atm.ledger.Ledger;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;

/// Who somebody is, proven by a PIN, and the change of that PIN. A try is on disk before the PIN is
/// compared, so that pulling the plug never buys another; an unknown card or account and a refused
/// one do the same work as a wrong PIN. A card and its account share the tries.
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
    return Crypto.hmacSha256(keys.panHash(), pan.digits().getBytes(US_ASCII));
  }

  Future<Login> login(Identity who, PinBlock block) {
    byte[] pin;
    try {
      // A block that cannot be read is the pad's fault and no try of the customer's.
      pin = decode(block, who);
    } catch (IllegalArgumentException unreadable) {
      return Future.failedFuture(unreadable);
    }
    return tried(who, pin).compose(checked -> answer(who, checked));
  }

  private Future<Login> answer(Identity who, Checked checked) {
    return switch (checked) {
      case Checked.Right(Card card) ->
          ledger
              .commit(books -> books.customers().welcome(card))
              .map(person -> new Login.Welcome(customer(person, who)));
      case Checked.Wrong(int left) -> Future.succeededFuture(new Login.WrongPin(left));
      case Checked.UsedUp _ -> Future.succeededFuture(new Login.TriesUsedUp());
      case Checked.Refused(CardRefusal why) -> Future.succeededFuture(new Login.Refused(why));
    };
  }

  Future<PinChange> changePin(Identity who, PinBlock old, PinBlock first, PinBlock again) {
    byte[] oldPin = null;
    byte[] newPin = null;
    byte[] repeated = null;
    try {
      newPin = decode(first, who);
      repeated = decode(again, who);
      // Neither answer says anything of the old PIN, so neither costs a try.
      if (!MessageDigest.isEqual(newPin, repeated)) {
        return Future.succeededFuture(new PinChange.Mismatch());
      }
      if (PinPolicy.isWeak(newPin)) return Future.succeededFuture(new PinChange.Weak());
      oldPin = decode(old, who);
    } catch (IllegalArgumentException unreadable) {
      return Future.failedFuture(unreadable);
    } finally {
      if (repeated != null) Arrays.fill(repeated, (byte) 0);
      if (oldPin == null && newPin != null) Arrays.fill(newPin, (byte) 0);
    }
    byte[] wanted = newPin;
    return tried(who, oldPin)
        .compose(checked -> change(checked, wanted))
        .onComplete(_ -> Arrays.fill(wanted, (byte) 0));
  }

  private Future<PinChange> change(Checked checked, byte[] pin) {
    return switch (checked) {
      case Checked.Right(Card card) -> changeUnlessSame(card, pin);
      case Checked.Wrong(int left) -> Future.succeededFuture(new PinChange.WrongPin(left));
      case Checked.UsedUp _ -> Future.succeededFuture(new PinChange.TriesUsedUp());
      case Checked.Refused(CardRefusal why) -> Future.succeededFuture(new PinChange.Refused(why));
    };
  }

  /// Asked of the verifier, once the old PIN was right: whoever does not know it learns nothing.
  private Future<PinChange> changeUnlessSame(Card card, byte[] pin) {
    return worker
        .executeBlocking(() -> matches(Optional.of(card), pin), false)
        .compose(same -> same ? unchanged(card) : change(card, pin));
  }

  private Future<PinChange> unchanged(Card card) {
    return ledger.commit(
        books -> {
          books.customers().welcome(card);
          return new PinChange.Same();
        });
  }

  private Future<PinChange> change(Card card, byte[] pin) {
    byte[] salt = verifier.newSalt();
    return worker
        .executeBlocking(() -> verifier.hash(pin, salt, card.panMac()), false)
        .compose(
            hash ->
                ledger.commit(
                    books -> {
                      books.customers().changePin(card, salt, hash);
                      return new PinChange.Changed();
                    }));
  }

  // One try.

  /// What came of comparing a PIN.
  private sealed interface Checked {
    record Right(Card card) implements Checked {}

    record Wrong(int left) implements Checked {}

    record UsedUp() implements Checked {}

    record Refused(CardRefusal why) implements Checked {}
  }

  /// Counts the try, then compares; fills `pin` with zeros.
  private Future<Checked> tried(Identity who, byte[] pin) {
    return ledger
        .commit(
            books -> books.customers().countTry(find(books.customers(), who), name(who), TRIES_MAX))
        .compose(
            card ->
                worker
                    .executeBlocking(() -> matches(card, pin), false)
                    .compose(right -> judged(who, card, right)))
        .onComplete(_ -> Arrays.fill(pin, (byte) 0));
  }

  private boolean matches(Optional<Card> card, byte[] pin) {
    return verifier.matches(
        pin,
        card.map(Card::salt).orElse(nobodysSalt),
        card.map(Card::panMac).orElse(nobodysHash),
        card.map(Card::verifier).orElse(nobodysHash));
  }

  private Future<Checked> judged(Identity who, Optional<Card> card, boolean right) {
    Optional<CardRefusal> refusal = refusal(who, card);
    if (refusal.isPresent()) {
      return refused(who, refusal.get().name()).map(_ -> new Checked.Refused(refusal.get()));
    }
    int before = card.orElseThrow().tries();
    if (before >= TRIES_MAX) return refused(who, "no tries left").map(_ -> new Checked.UsedUp());
    if (right) return Future.succeededFuture(new Checked.Right(card.get()));
    int left = TRIES_MAX - before - 1;
    return refused(who, "wrong PIN")
        .map(_ -> left > 0 ? new Checked.Wrong(left) : new Checked.UsedUp());
  }

  private Future<Void> refused(Identity who, String why) {
    return ledger.commit(
        books -> {
          books.customers().refused(name(who), why);
          return null;
        });
  }

  private byte[] decode(PinBlock block, Identity who) {
    byte[] key =
        block.format() == PinBlock.Format.ISO_4
            ? keys.pin()
            : keys.tdes().orElseThrow(Logins::noTdes).pin();
    return PinBlocks.decode(block, key, who.pinBlockPan().digits());
  }

  private static IllegalArgumentException noTdes() {
    return new IllegalArgumentException("PIN block cannot be read: there are no TDES keys");
  }

  // Who that is.

  private Optional<Card> find(Customers customers, Identity who) {
    return switch (who) {
      case Identity.ByCard(Track2 track) -> customers.card(cardHash(track.pan()));
      case Identity.ByAccount(var account) -> customers.cardFor(account);
    };
  }

  /// As events call it.
  private static String name(Identity who) {
    return switch (who) {
      case Identity.ByCard(Track2 track) -> "card ****" + track.pan().lastFour();
      case Identity.ByAccount(var account) -> "account " + account.masked();
    };
  }

  /// What `login` would answer whatever the PIN; counts no try.
  Future<Boolean> wantsKept(Track2 track) {
    byte[] hash = cardHash(track.pan());
    return ledger
        .commit(books -> books.customers().card(hash))
        .map(known -> known.filter(card -> isToBeKept(track, card)).isPresent());
  }

  private boolean isToBeKept(Track2 track, Card card) {
    return refusal(track, card)
        .map(why -> why == CardRefusal.STOLEN)
        .orElse(card.tries() >= TRIES_MAX);
  }

  private Optional<CardRefusal> refusal(Identity who, Optional<Card> known) {
    if (known.isEmpty()) return Optional.of(CardRefusal.NOT_OURS);
    return switch (who) {
      case Identity.ByCard(Track2 track) -> refusal(track, known.get());
      // No plastic is here that could be expired, or kept.
      case Identity.ByAccount _ ->
          switch (known.get().state()) {
            case STOLEN, BLOCKED -> Optional.of(CardRefusal.BLOCKED);
            case GOOD -> Optional.empty();
          };
    };
  }

  private Optional<CardRefusal> refusal(Track2 track, Card card) {
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

  private static Customer customer(Person person, Identity who) {
    return new Customer(
        person.id(),
        person.holder(),
        person.language(),
        switch (who) {
          case Identity.ByCard _ -> Access.CARD;
          case Identity.ByAccount _ -> Access.ACCOUNT_NUMBER;
        },
        person.accounts().stream()
            .map(account -> new Account(account.number(), account.kind()))
            .toList());
  }
}
