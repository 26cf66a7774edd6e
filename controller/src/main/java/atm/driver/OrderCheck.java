package atm.driver;

import atm.config.DeviceEntry.Cassette;
import atm.device.Fault;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a driver checks of an order to pay in place of a dispenser that checks none: that the host
/// signed it, about a nonce that is used once, and about exactly the worth of the notes asked for.
/// For one context.
public final class OrderCheck {
  private static final Pattern ORDER =
      Pattern.compile(
          "NONCE=([0-9A-F]+),TOKENFORMAT=1,TOKENLENGTH=(\\d{4}),"
              + "DISPENSE1=([0-9.]+)([A-Z]{3}),HMACSHA256=[0-9A-F]{64}");

  private final SecureRandom random = new SecureRandom();
  private final String device;
  private final Map<String, Money> noteByCassette;
  private Optional<String> nonce = Optional.empty();
  private Optional<byte[]> key = Optional.empty();

  public OrderCheck(String device, List<Cassette> cassettes) {
    this.device = device;
    this.noteByCassette =
        cassettes.stream()
            .collect(java.util.stream.Collectors.toUnmodifiableMap(Cassette::id, Cassette::note));
  }

  /// From now on orders that are signed with this key can be genuine; before, none.
  public void trust(byte[] hostKey) {
    key = Optional.of(hostKey.clone());
  }

  /// The value that the next order must be about; one asked for before no longer counts.
  public String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    nonce = Optional.of(HexFormat.of().withUpperCase().formatHex(bytes));
    return nonce.get();
  }

  /// Why these notes may not be paid on this order; empty when they may. Uses the nonce up.
  public Optional<Fault> refusal(Mix mix, DispenseToken order) {
    Optional<String> wanted = nonce;
    nonce = Optional.empty();
    Matcher parts = ORDER.matcher(order.text());
    if (!parts.matches() || Integer.parseInt(parts.group(2)) != order.text().length()) {
      return security("the order is not of the form that a bank signs");
    }
    if (key.isEmpty()) return security("there is no key to check an order with");
    if (!order.isSignedWith(key.get())) return security("the order is not signed by our host");
    if (!wanted.equals(Optional.of(parts.group(1)))) {
      return security("the order is about another nonce than the one given last");
    }
    if (mix.notes() == 0 || !noteByCassette.keySet().containsAll(mix.byCassette().keySet())) {
      return Optional.of(
          new Fault(Fault.Code.UNSUPPORTED, device + ": cannot be asked for " + mix.byCassette()));
    }
    String ordered = parts.group(3) + " " + parts.group(4);
    return worth(mix).equals(amount(ordered))
        ? Optional.empty()
        : security("the order is about " + ordered + ", the notes are worth " + worth(mix).get());
  }

  private Optional<Money> worth(Mix mix) {
    return mix.byCassette().entrySet().stream()
        .map(part -> noteByCassette.get(part.getKey()).times(part.getValue()))
        .reduce(Money::plus);
  }

  private static Optional<Money> amount(String text) {
    try {
      return Optional.of(Money.parse(text));
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  private Optional<Fault> security(String why) {
    return Optional.of(new Fault(Fault.Code.SECURITY, device + ": " + why));
  }
}
