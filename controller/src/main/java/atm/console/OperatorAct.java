package atm.console;

import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What an operator says was done or found at the machine.
public sealed interface OperatorAct {
  record CountEnvelope(Stan reference, Money counted) implements OperatorAct {}

  /// @param paid what the customer got
  /// @param found what lay on the notes' way, and was taken out
  record SettleWithdrawal(Stan reference, Map<Money, Integer> paid, Map<Money, Integer> found)
      implements OperatorAct {}

  /// What was found of the deposit is the customer's, and was taken out.
  record SettleDeposit(Stan reference, Map<Money, Integer> found) implements OperatorAct {}

  /// So much of what was taken back in is the customer's; the notes stay in their bin.
  record SettleSuspense(Stan reference, Money found) implements OperatorAct {}

  record ClearStuckNotes(Stan reference, Map<Money, Integer> found) implements OperatorAct {}

  /// A cassette came out with `removed` notes and went in with `loaded`.
  record ExchangeCassette(String cassette, Money note, int removed, int loaded)
      implements OperatorAct {}

  record EmptyBin(Bin bin, Map<Money, Integer> counted) implements OperatorAct {}

  enum Bin {
    REJECT,
    RETRACT,
    DEPOSIT,
    DEPOSIT_RETRACT,
    COUNTERFEIT
  }

  /// More notes than any box of any machine holds.
  int COUNT_MAX = 100_000;

  /// Throws `IllegalArgumentException` with a sentence for what is no act.
  static OperatorAct of(String act, JsonObject body) {
    Fields fields = new Fields(body);
    OperatorAct read =
        switch (act) {
          case "count-envelope" -> new CountEnvelope(fields.reference(), fields.money("amount"));
          case "settle-withdrawal" ->
              new SettleWithdrawal(fields.reference(), fields.notes("paid"), fields.notes("found"));
          case "settle-deposit" -> new SettleDeposit(fields.reference(), fields.notes("found"));
          case "settle-suspense" -> new SettleSuspense(fields.reference(), fields.money("amount"));
          case "clear-stuck-notes" ->
              new ClearStuckNotes(fields.reference(), fields.notes("found"));
          case "exchange-cassette" ->
              new ExchangeCassette(
                  fields.text("cassette"),
                  fields.money("note"),
                  fields.count("removed"),
                  fields.count("loaded"));
          case "empty-bin" -> new EmptyBin(fields.bin(), fields.notes("found"));
          default -> throw new IllegalArgumentException("there is no act \"" + act + "\"");
        };
    fields.requireAllRead();
    return read;
  }

  /// The fields of a message, each read once.
  final class Fields {
    private final JsonObject body;
    private final Set<String> unread;

    Fields(JsonObject body) {
      this.body = body;
      this.unread = new java.util.TreeSet<>(body.fieldNames());
    }

    void requireAllRead() {
      if (!unread.isEmpty()) {
        throw new IllegalArgumentException("not known here: " + String.join(", ", unread));
      }
    }

    Stan reference() {
      if (value("reference") instanceof String text && text.matches("\\d{1,12}")) {
        return new Stan(Long.parseLong(text));
      }
      throw new IllegalArgumentException("reference: wanted the number of a transaction");
    }

    Money money(String field) {
      return money(field, value(field));
    }

    int count(String field) {
      return count(field, value(field));
    }

    String text(String field) {
      if (value(field) instanceof String text && !text.isEmpty() && text.length() <= 64) {
        return text;
      }
      throw new IllegalArgumentException(field + ": wanted a name");
    }

    Bin bin() {
      String name = text("bin");
      for (Bin bin : Bin.values()) if (bin.name().equals(name)) return bin;
      throw new IllegalArgumentException("bin: there is no " + name);
    }

    /// A count for each note; those of which there are none may be left out.
    Map<Money, Integer> notes(String field) {
      if (!(value(field) instanceof JsonObject counts)) {
        throw new IllegalArgumentException(field + ": wanted a count for each note");
      }
      Map<Money, Integer> notes = new TreeMap<>();
      for (var each : counts) {
        int count = count(each.getKey(), each.getValue());
        if (count > 0) notes.put(money(field, each.getKey()), count);
      }
      return notes;
    }

    private Object value(String field) {
      unread.remove(field);
      return body.getValue(field);
    }

    private static Money money(String field, Object value) {
      if (!(value instanceof String text)) {
        throw new IllegalArgumentException(field + ": wanted such as \"60.00 EUR\"");
      }
      try {
        return Money.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(field + ": " + wrong.getMessage());
      }
    }

    private static int count(String field, Object value) {
      if (value instanceof Integer number && number >= 0 && number <= COUNT_MAX) return number;
      throw new IllegalArgumentException(
          field + ": wanted a count from 0 to " + COUNT_MAX + ", not " + value);
    }
  }
}
