package atm.soak;

import atm.ledger.Ledger;
import atm.value.AccountNumber;
import atm.value.Money;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that can be counted at one moment, by the simulator and by the books, each by itself.
///
/// @param balances minor units of each customer's account
/// @param taken notes that customers took from the dispenser, ever
/// @param put notes that customers put into the acceptor and did not get back, genuine ones, ever
/// @param retracted in the dispenser's retract bin
/// @param depositRetracted in the acceptor's
record Pockets(
    Map<String, Long> balances,
    Map<String, Integer> taken,
    Map<String, Integer> put,
    Map<String, Integer> retracted,
    Map<String, Integer> depositRetracted) {

  static Pockets count(Ledger ledger, List<String> accounts, JsonObject state) throws Exception {
    JsonObject dispenser = state.getJsonObject("cash-dispenser");
    JsonObject acceptor = state.getJsonObject("cash-acceptor");
    Map<String, Integer> put = new TreeMap<>(genuine(acceptor.getJsonObject("inserted")));
    minus(put, genuine(acceptor.getJsonObject("returned")));
    minus(put, genuine(acceptor.getJsonObject("refused")));
    Map<String, Long> balances =
        Rig.done(
            ledger.commit(
                books -> {
                  Map<String, Long> all = new TreeMap<>();
                  for (String account : accounts) {
                    Money booked = books.balance(new AccountNumber(account)).booked();
                    all.put(account, booked.minor());
                  }
                  return all;
                }));
    return new Pockets(
        balances,
        notes(dispenser.getJsonObject("taken")),
        put,
        notes(dispenser.getJsonObject("retract")),
        genuine(acceptor.getJsonObject("retract")));
  }

  /// What went into the customer's pockets since `before`, in minor units; below zero, out of them.
  long pocketed(Pockets before) {
    return worth(taken) - worth(before.taken) - (worth(put) - worth(before.put));
  }

  /// Which accounts changed since `before`, and by how much.
  Map<String, Long> changed(Pockets before) {
    Map<String, Long> changes = new TreeMap<>();
    balances.forEach(
        (account, minor) -> {
          long change = minor - before.balances.getOrDefault(account, 0L);
          if (change != 0) changes.put(account, change);
        });
    return changes;
  }

  static long worth(Map<String, Integer> notes) {
    long minor = 0;
    for (var each : notes.entrySet()) {
      minor += 100L * Long.parseLong(each.getKey().split(" ")[0]) * each.getValue();
    }
    return minor;
  }

  static Map<String, Integer> notes(JsonObject counts) {
    Map<String, Integer> notes = new TreeMap<>();
    counts.forEach(each -> notes.put(each.getKey(), (Integer) each.getValue()));
    notes.values().removeIf(count -> count == 0);
    return notes;
  }

  /// What is money, by denomination: torn or not; no counterfeit, and nothing foreign.
  static Map<String, Integer> genuine(JsonObject counts) {
    Map<String, Integer> notes = new TreeMap<>();
    for (var each : notes(counts).entrySet()) {
      String[] words = each.getKey().split(" ");
      if (words.length >= 2 && !each.getKey().endsWith("counterfeit")) {
        notes.merge(words[0] + " " + words[1], each.getValue(), Integer::sum);
      }
    }
    return notes;
  }

  static Map<String, Integer> difference(Map<String, Integer> more, Map<String, Integer> less) {
    Map<String, Integer> rest = new TreeMap<>(more);
    minus(rest, less);
    rest.values().removeIf(count -> count == 0);
    return rest;
  }

  private static void minus(Map<String, Integer> from, Map<String, Integer> what) {
    what.forEach((note, count) -> from.merge(note, -count, Integer::sum));
  }
}
