package atm.session;

import atm.device.CashDispenser;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.FakeCashDispenser;
import atm.device.FakeCashDispenser.Act;
import atm.device.Fault;
import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The fake dispenser behind a wire to a controller that can die: it does what it was told, and
/// nobody is there to hear of it. When asked to, it signs its memory as XFS4IoT devices do.
final class SigningDispenser implements CashDispenser {
  private static final Fault SILENCE = new Fault(Fault.Code.TIMEOUT, "no reply in time");

  private final FakeCashDispenser inner;
  private final Optional<byte[]> key;
  private final Set<Act> lastWords = EnumSet.noneOf(Act.class);
  private volatile Promise<Void> died = Promise.promise();
  private volatile Optional<String> orderId = Optional.empty();
  private volatile boolean presented;
  private volatile boolean retracted;
  private volatile Optional<Counts> lie = Optional.empty();
  private volatile boolean forgetful;
  private volatile boolean silent;
  private volatile Optional<Lie> falsehood = Optional.empty();
  private volatile String signedBefore = "";
  private volatile Optional<String> oddNonce = Optional.empty();

  /// @param key to sign with; empty: signs nothing
  SigningDispenser(FakeCashDispenser inner, Optional<byte[]> key) {
    this.inner = inner;
    this.key = key;
  }

  /// The controller dies while the next such act is done, which `died` then tells of.
  void controllerDiesDuring(Act act) {
    died = Promise.promise();
    lastWords.add(act);
  }

  /// From now on it reports other counts than it signs.
  void reportsInstead(Counts counts) {
    lie = Optional.of(counts);
  }

  /// How somebody on the line, who has no key, would have it say that nothing was presented.
  enum Lie {
    UNSIGNED,
    OTHER_KEY,
    /// As it was signed when that was still so.
    REPLAYED,
    /// The same, with the nonce of the question that is asked now.
    REPLAYED_FOR_THIS_NONCE
  }

  /// From now on it says of its last dispense that it was not presented.
  void liesThatNothingWasPresented(Lie how) {
    falsehood = Optional.of(how);
  }

  /// From now on it says that it does not know what it last did.
  void forgetsItsLastDispense() {
    forgetful = true;
  }

  /// From now on its last dispense is one of which these books never heard.
  void remembersAnotherDispense() {
    orderId = Optional.of("999999");
  }

  /// From now on it is there, but does not say what it did last; or it does again.
  void keepsSilent(boolean silence) {
    silent = silence;
  }

  /// From now on its nonces are this.
  void givesNonce(String nonce) {
    oddNonce = Optional.of(nonce);
  }

  /// Completes when it did, be that before it is asked for.
  Future<Void> died() {
    return died.future();
  }

  @Override
  public Capabilities capabilities() {
    Capabilities c = inner.capabilities();
    return new Capabilities(
        c.stacker(), c.retract(), c.takenSensor(), key.isPresent(), c.counters(), c.maxNotes());
  }

  @Override
  public Future<DispenseOutcome> dispense(Mix mix, DispenseToken token) {
    return heard(
        Act.DISPENSE,
        inner
            .dispense(mix, token)
            .onSuccess(
                outcome -> {
                  if (outcome instanceof DispenseOutcome.Refused) return;
                  orderId = Optional.of(token.id());
                  presented = false;
                  retracted = false;
                }));
  }

  @Override
  public Future<PresentOutcome> present() {
    return heard(
        Act.PRESENT,
        inner.present().onSuccess(o -> presented |= !(o instanceof PresentOutcome.NotPresented)));
  }

  @Override
  public Future<RetractOutcome> retract() {
    return heard(Act.RETRACT, inner.retract().onSuccess(o -> retracted |= cameBackIn(o)));
  }

  /// Also where nobody heard of it.
  private static boolean cameBackIn(RetractOutcome outcome) {
    return switch (outcome) {
      case RetractOutcome.Retracted _ -> true;
      case RetractOutcome.Taken _ -> false;
      case RetractOutcome.Unknown(Fault why) -> why.detail().contains("before the reply");
    };
  }

  @Override
  public Future<RejectOutcome> reject() {
    return heard(Act.REJECT, inner.reject());
  }

  private <T> Future<T> heard(Act act, Future<T> outcome) {
    if (!lastWords.remove(act)) return outcome;
    return outcome.compose(
        _ -> {
          died.tryComplete();
          return Promise.<T>promise().future();
        });
  }

  @Override
  public Future<LastDispense> lastDispense(String nonce) {
    if (silent) return Future.failedFuture(new DeviceException(SILENCE));
    return honest(nonce)
        .map(
            last -> {
              if (falsehood.isEmpty()) {
                last.token().ifPresent(token -> signedBefore = token);
                return last;
              }
              return new LastDispense(
                  LastDispense.State.NOT_PRESENTED,
                  last.counts(),
                  Optional.of(true),
                  false,
                  lie(falsehood.get(), nonce));
            });
  }

  private Optional<String> lie(Lie how, String nonce) {
    return switch (how) {
      case UNSIGNED -> Optional.empty();
      case OTHER_KEY -> Optional.of(signed(new byte[32], nonce, "60.00", false));
      case REPLAYED -> Optional.of(signedBefore);
      case REPLAYED_FOR_THIS_NONCE ->
          Optional.of(signedBefore.replaceFirst("NONCE=[0-9A-F]+", "NONCE=" + nonce));
    };
  }

  private Future<LastDispense> honest(String nonce) {
    return inner
        .lastDispense(nonce)
        .compose(
            last ->
                inner
                    .cashUnits()
                    .map(
                        units ->
                            new LastDispense(
                                forgetful ? LastDispense.State.UNKNOWN : last.state(),
                                lie.orElse(last.counts()),
                                last.rejected(),
                                last.slotEmpty(),
                                last.notesInside(),
                                key.map(k -> token(k, nonce, worth(last.counts(), units))))));
  }

  private static Money worth(Counts counts, List<CashUnit> units) {
    Money sum = Money.zero(Currency.getInstance("EUR"));
    for (CashUnit unit : units) {
      int notes = counts.byCassette().getOrDefault(unit.id(), 0);
      if (notes > 0) sum = sum.plus(unit.note().orElseThrow().times(notes));
    }
    return sum;
  }

  /// Token format 1.
  private String token(byte[] signing, String nonce, Money dispensed) {
    return signed(signing, nonce, dispensed.decimal(), presented);
  }

  private String signed(byte[] signing, String nonce, String dispensed, boolean saysPresented) {
    String values =
        orderId.map(id -> ",DISPENSEID=" + id + ",DISPENSED1=" + dispensed + "EUR").orElse("")
            + ",PRESENTED1="
            + (saysPresented ? "YES" : "NO")
            + ",RETRACTED1="
            + (retracted ? "YES" : "NO");
    String head = "NONCE=" + nonce + ",TOKENFORMAT=1,TOKENLENGTH=";
    String tail = values + ",HMACSHA256=";
    String text = head + String.format("%04d", head.length() + 4 + tail.length() + 64) + tail;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(signing, "HmacSHA256"));
      byte[] seal = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
      return text + HexFormat.of().withUpperCase().formatHex(seal);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public Future<List<CashUnit>> cashUnits() {
    return inner.cashUnits();
  }

  @Override
  public Future<Optional<String>> commandNonce() {
    return inner.commandNonce().map(nonce -> oddNonce.or(() -> nonce));
  }

  @Override
  public Future<TakeOutcome> taken(Duration within) {
    return inner.taken(within);
  }

  @Override
  public DeviceKind kind() {
    return inner.kind();
  }

  @Override
  public DeviceStatus status() {
    return inner.status();
  }

  @Override
  public Runnable onStatus(Consumer<DeviceStatus> listener) {
    return inner.onStatus(listener);
  }

  @Override
  public void open() {
    inner.open();
  }

  @Override
  public Future<Void> reset() {
    return inner.reset();
  }

  @Override
  public Future<Void> close() {
    return inner.close();
  }
}
