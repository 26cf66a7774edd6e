package sim.xfs4iot;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What a Denominate or Dispense asks for (sheet, section 9.6): amounts in minor units by currency,
/// and counts: all of them (`app`) or at least these (`service`). Immutable.
record DenominateRequest(
    Map<String, Long> amounts, Map<String, Integer> counts, boolean byApplication, String mix) {

  /// Reads `{app:{…}}` or `{service:{…}}`; both or neither is invalidData.
  static DenominateRequest read(JsonObject wrapper) {
    JsonObject choice = wrapper == null ? null : wrapper.getJsonObject("denomination");
    JsonObject app = choice == null ? null : choice.getJsonObject("app");
    JsonObject service = choice == null ? null : choice.getJsonObject("service");
    if ((app == null) == (service == null)) {
      throw CommandException.of(
          CompletionCode.INVALID_DATA, "denomination: wanted exactly one of app and service");
    }
    JsonObject asked = app == null ? service : app;
    if (asked.getJsonObject("cashBox") != null) {
      throw CommandException.error("noCashBoxPresent", "there is no cash box");
    }
    return new DenominateRequest(
        amounts(asked.getJsonObject("currencies")),
        counts(asked.getJsonObject(app == null ? "partial" : "counts")),
        app != null,
        asked.getString("mix"));
  }

  private static Map<String, Long> amounts(JsonObject currencies) {
    Map<String, Long> amounts = new TreeMap<>();
    if (currencies == null) return amounts;
    for (String currency : currencies.fieldNames()) {
      Number major = currencies.getNumber(currency);
      try {
        long minor = Amounts.minor(major, currency);
        if (minor < 0) throw new ArithmeticException("negative");
        if (minor > 0) amounts.put(currency, minor);
      } catch (ArithmeticException e) {
        throw CommandException.error("invalidDenomination", major + " is no amount of " + currency);
      }
    }
    return amounts;
  }

  private static Map<String, Integer> counts(JsonObject counts) {
    Map<String, Integer> asked = new LinkedHashMap<>();
    if (counts == null) return asked;
    for (String unit : counts.fieldNames()) {
      Number count = counts.getNumber(unit);
      if (!(count instanceof Integer whole) || whole < 0) {
        throw CommandException.of(
            CompletionCode.INVALID_DATA, unit + ": saw " + count + ", wanted a number of notes");
      }
      asked.put(unit, whole);
    }
    return asked;
  }
}
