package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.device.PinPad;
import atm.link.Backoff;
import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// An encrypting PIN pad behind an XFS4IoT service with the interfaces Keyboard, PinPad and
/// KeyManagement (§8 "PIN", §9.4, §9.5).
final class Xfs4IotPinPad extends Xfs4IotDevice implements PinPad {
  private static final Set<Key> PIN_KEYS = EnumSet.range(Key.D0, Key.CANCEL);

  /// Shorter check values than this are no check (ANSI X9.24-1: three bytes).
  private static final int CHECK_BYTES_MIN = 3;

  private Optional<String> pinKey = Optional.empty();

  Xfs4IotPinPad(Vertx vertx, URI at, Backoff backoff) {
    super(vertx, DeviceKind.PIN_PAD, at, backoff, "Keyboard.PinEntry", "Keyboard.Reset");
  }

  @Override
  public Future<PinEntered> enterPin(
      int minDigits,
      int maxDigits,
      Set<Key> fdks,
      Duration within,
      Runnable live,
      IntConsumer digits) {
    Set<Key> keys = EnumSet.copyOf(PIN_KEYS);
    keys.addAll(fdks);
    Set<Key> ends = EnumSet.of(Key.ENTER, Key.CANCEL);
    ends.addAll(fdks);
    JsonObject request =
        new JsonObject()
            .put("minLen", minDigits)
            .put("maxLen", maxDigits)
            .put("autoEnd", false)
            .put("echo", "*")
            .put("activeKeys", activeKeys(keys, ends));
    KeyEvents events = KeyEvents.countingDigits(maxDigits, digits);
    return entry("Keyboard.PinEntry", request, within, live, events)
        .map(
            completion -> {
              Key end = events.endOf(completion);
              return end == Key.ENTER
                  ? new PinEntered.Complete(completion.payload().getInteger("digits", 0))
                  : new PinEntered.EndedBy(end);
            });
  }

  @Override
  public Future<Key> readKeys(
      Set<Key> keys, Set<Key> ends, Duration within, Runnable live, Consumer<Key> pressed) {
    JsonObject request =
        new JsonObject()
            .put("maxLen", 0)
            .put("autoEnd", false)
            .put("activeKeys", activeKeys(keys, ends));
    KeyEvents events = KeyEvents.telling(ends, pressed);
    return entry("Keyboard.DataEntry", request, within, live, events).map(events::endOf);
  }

  @Override
  public Future<Void> cancel() {
    return cancelWaiting();
  }

  @Override
  public Future<PinBlock> pinBlock(Pan pan, PinBlock.Format format) {
    return command(
        "PIN block",
        client ->
            loadedPinKey(client)
                .compose(
                    key ->
                        succeed(
                                client,
                                "PinPad.GetPinBlock",
                                request(pan, format, key),
                                ANSWER_WITHIN)
                            .map(answer -> block(answer, format, key))));
  }

  @Override
  public Future<Void> importKey(WrappedKey key) {
    JsonObject attributes =
        new JsonObject()
            .put("keyUsage", key.usage())
            .put("algorithm", key.algorithm())
            .put("modeOfUse", key.modeOfUse());
    JsonObject request =
        new JsonObject()
            .put("key", key.name())
            .put("keyAttributes", attributes)
            .put("value", Base64.getEncoder().encodeToString(key.value()))
            .put("constructing", false)
            .put("decryptKey", key.wrappedBy())
            .put("decryptMethod", "ecb")
            .put("verifyAttributes", new JsonObject().put("cryptoMethod", "kcvZero"));
    return command(
        "import key",
        client ->
            succeed(client, "KeyManagement.ImportKey", request, ANSWER_WITHIN)
                .map(
                    answer -> {
                      verify(key, answer);
                      if (key.usage().equals("P0")) pinKey = Optional.of(key.name());
                      return null;
                    }));
  }

  @Override
  public Future<Boolean> hasKey(String name) {
    return command(
        "has key",
        client ->
            keyDetails(client)
                .map(
                    keys -> {
                      boolean has = isLoaded(keys, name);
                      if (!has) pinKey = pinKey.filter(other -> !other.equals(name));
                      return has;
                    }));
  }

  @Override
  Future<Void> prepare(Xfs4IotClient client, JsonObject capabilities, JsonObject status) {
    // A pad that lost power may have lost its keys: what was known of them is asked again.
    pinKey = Optional.empty();
    return Future.succeededFuture();
  }

  @Override
  DeviceStatus health(JsonObject status) {
    return DeviceStatus.online();
  }

  @Override
  boolean happened(Message event) {
    return false;
  }

  @Override
  JsonObject resetPayload() {
    return null;
  }

  private Future<Message> entry(
      String name, JsonObject request, Duration within, Runnable live, KeyEvents events) {
    Consumer<Message> happened =
        event -> {
          if (event.name().equals("Keyboard.EnterDataEvent")) live.run();
          else events.accept(event);
        };
    return waiting(name, request, within, happened)
        .map(
            completion -> {
              if (!completion.isSuccess()) throw Faults.exception(completion);
              return completion;
            });
  }

  private Future<String> loadedPinKey(Xfs4IotClient client) {
    if (pinKey.isPresent()) return Future.succeededFuture(pinKey.get());
    return keyDetails(client)
        .map(
            keys -> {
              pinKey =
                  keys.fieldNames().stream()
                      .filter(name -> isLoaded(keys, name) && isPinKey(keys.getJsonObject(name)))
                      .findFirst();
              return pinKey.orElseThrow(
                  () ->
                      new DeviceException(
                          new Fault(Fault.Code.SECURITY, "pin-pad: no PIN key is loaded")));
            });
  }

  private Future<JsonObject> keyDetails(Xfs4IotClient client) {
    return succeed(client, "KeyManagement.GetKeyDetail", new JsonObject(), ANSWER_WITHIN)
        .map(answer -> answer.getJsonObject("keyDetails", new JsonObject()));
  }

  private static boolean isLoaded(JsonObject keys, String name) {
    return keys.getJsonObject(name, new JsonObject()).getString("loaded", "no").equals("yes");
  }

  private static boolean isPinKey(JsonObject detail) {
    return detail
        .getJsonObject("keyBlockInfo", new JsonObject())
        .getString("keyUsage", "")
        .equals("P0");
  }

  private static JsonObject request(Pan pan, PinBlock.Format format, String key) {
    String digits = pan.digits();
    return new JsonObject()
        // ISO 9564-1: formats 0 and 3 bind the PIN to the PAN without its check digit, 4 to all.
        .put(
            "customerData",
            format == PinBlock.Format.ISO_4 ? digits : digits.substring(0, digits.length() - 1))
        .put("padding", 15)
        .put(
            "format",
            switch (format) {
              case ISO_0 -> "iso0";
              case ISO_3 -> "iso3";
              case ISO_4 -> "iso4";
            })
        .put("key", key)
        .put("cryptoMethod", "ecb");
  }

  private static PinBlock block(JsonObject answer, PinBlock.Format format, String key) {
    byte[] encrypted = bytes(answer, "pinBlock");
    if (encrypted.length != format.bytes) {
      throw protocol("a PIN block of " + encrypted.length + " bytes, wanted " + format.bytes);
    }
    return new PinBlock(format, key, encrypted);
  }

  private static void verify(WrappedKey key, JsonObject answer) {
    byte[] check = bytes(answer, "verificationData");
    int length = Math.min(check.length, key.checkValue().length);
    if (length < CHECK_BYTES_MIN
        || !Arrays.equals(Arrays.copyOf(check, length), Arrays.copyOf(key.checkValue(), length))) {
      throw new DeviceException(
          new Fault(
              Fault.Code.SECURITY,
              "pin-pad: the check value of key " + key.name() + " does not come out"));
    }
  }

  private static byte[] bytes(JsonObject answer, String name) {
    try {
      return Base64.getDecoder().decode(answer.getString(name, ""));
    } catch (IllegalArgumentException wrong) {
      throw protocol(name + " is not base64");
    }
  }

  private static DeviceException protocol(String what) {
    return new DeviceException(new Fault(Fault.Code.PROTOCOL, "pin-pad: " + what));
  }

  private static JsonObject activeKeys(Set<Key> live, Set<Key> ends) {
    JsonObject keys = new JsonObject();
    live.forEach(
        key -> keys.put(KeyNames.of(key), new JsonObject().put("terminate", ends.contains(key))));
    return keys;
  }

  /// The keys in the last `pinKeys` of a DataEntry; some services tell the end only there.
  static Optional<String> lastPinKey(Message completion) {
    JsonArray keys = completion.payload().getJsonArray("pinKeys", new JsonArray());
    return keys.isEmpty()
        ? Optional.empty()
        : Message.text(keys.getJsonObject(keys.size() - 1), "digit");
  }
}
