package atm.driver.xfs4iot;

import atm.device.CashDispenser.DispenseOutcome;
import atm.device.Fault;
import atm.value.Counts;
import atm.value.Mix;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What became of a dispense, read from what the device counted: in the completion, or, where
/// that counts nothing, in its storage before and after. What was asked for is no evidence.
final class DispenseReading {
  /// Said before anything moves, whatever the device (§4, §9.6).
  private static final Set<String> BEFORE_MOVEMENT =
      Set.of(
          "invalidMessage",
          "invalidRequestID",
          "tooManyRequests",
          "invalidCommand",
          "unsupportedCommand",
          "invalidData",
          "unsupportedData",
          "sequenceError",
          "deviceNotReady",
          "authorizationRequired",
          "authorisationRequired",
          "noCommandNonce",
          "invalidToken",
          "invalidTokenNonce",
          "invalidTokenHMAC",
          "invalidTokenFormat",
          "invalidTokenKeyNoValue",
          "invalidCurrency",
          "invalidTellerID",
          "invalidDenomination",
          "invalidMixNumber",
          "noCurrencyMix",
          "notDispensable",
          "tooManyItems",
          "unsupportedPosition",
          "safeDoorOpen",
          "exchangeActive",
          "noCashBoxPresent",
          "amountNotInMixTable",
          "itemsLeft",
          "shutterOpen");

  private final UnitMap map;
  private final Mix asked;

  DispenseReading(UnitMap map, Mix asked) {
    this.map = map;
    this.asked = asked;
  }

  /// The outcome where the completion itself proves one; else the storage has to be asked.
  Optional<DispenseOutcome> of(Message completion) {
    if (isRefusal(completion)) {
      return Optional.of(new DispenseOutcome.Refused(Faults.of(completion)));
    }
    JsonObject storage = completion.payload().getJsonObject("storage");
    JsonObject out = storage == null ? null : storage.getJsonObject("out");
    if (out == null) return Optional.empty();
    Map<String, Integer> inside = new TreeMap<>();
    Map<String, Integer> rejected = new TreeMap<>();
    for (String unit : out.fieldNames()) {
      Optional<String> cassette = map.cassetteOf(unit);
      if (cassette.isEmpty()) continue;
      for (var movement : out.getJsonObject(unit)) {
        if (!(movement.getValue() instanceof JsonObject counts)) continue;
        (isRejected(movement.getKey()) ? rejected : inside)
            .merge(cassette.get(), CashUnitReport.total(counts), CashUnitReport::plus);
      }
    }
    return Optional.of(outcome(completion, new Counts(inside), new Counts(rejected)));
  }

  /// The outcome by what has changed in the units meanwhile.
  DispenseOutcome of(
      Message completion, Map<String, CashUnitReport> before, Map<String, CashUnitReport> after) {
    Map<String, Integer> inside = new TreeMap<>();
    Map<String, Integer> rejected = new TreeMap<>();
    for (CashUnitReport now : after.values()) {
      Optional<String> cassette = map.cassetteOf(now.unit());
      CashUnitReport then = before.get(now.unit());
      if (cassette.isEmpty() || then == null) continue;
      int gone = then.count() - now.count();
      int toReject = now.out("rejected") - then.out("rejected");
      if (!now.countsAreSure() || toReject < 0 || gone < toReject) {
        return new DispenseOutcome.Unknown(
            new Fault(
                Faults.of(completion).code(),
                completion.name()
                    + ": "
                    + completion.failure()
                    + ", and the counts of cassette "
                    + cassette.get()
                    + " are not sure"));
      }
      inside.put(cassette.get(), gone - toReject);
      rejected.put(cassette.get(), toReject);
    }
    return outcome(completion, new Counts(inside), new Counts(rejected));
  }

  private DispenseOutcome outcome(Message completion, Counts inside, Counts rejected) {
    if (completion.isSuccess() && inside.byCassette().equals(asked.byCassette())) {
      return new DispenseOutcome.Stacked(inside, rejected);
    }
    if (completion.isSuccess()) {
      String what = "the device reports success, but stacked " + inside + ", wanted " + asked;
      return new DispenseOutcome.Incomplete(
          inside, rejected, new Fault(Fault.Code.PROTOCOL, completion.name() + ": " + what));
    }
    boolean nothingMoved = inside.notes() == 0 && rejected.notes() == 0;
    return nothingMoved && completion.errorCode().equals(Optional.of("cashUnitError"))
        ? new DispenseOutcome.Refused(Faults.of(completion))
        : new DispenseOutcome.Incomplete(inside, rejected, Faults.of(completion));
  }

  private static boolean isRefusal(Message completion) {
    String code = completion.code().orElse("success");
    return BEFORE_MOVEMENT.contains(
        code.equals("commandErrorCode") ? completion.errorCode().orElse("") : code);
  }

  // `distributed` went to another unit: out of reach of present, as what was rejected.
  private static boolean isRejected(String movement) {
    return movement.equals("rejected") || movement.equals("distributed");
  }
}
