package sim.xfs4iot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sim.mechanics.CashUnit;
import sim.mechanics.Denomination;
import sim.mechanics.SimCashDispenser;

/// Chooses notes, or checks those the application chose (sheet, section 9.6). Never moves any.
/// Server's event loop only.
final class Denominator {
  /// The one mix there is: as few notes as can be.
  static final String MINIMUM_BILLS = "mix1";

  /// The search is a table of amounts; more steps than this would hold up the event loop, and no
  /// currency's notes need them (40 notes of 500 in steps of 5 are 4000).
  private static final int STEPS_MAX = 100_000;

  private static final int ITEMS_MAX = SimCashDispenser.NOTES_MAX;

  private final CashUnits units;

  Denominator(CashUnits units) {
    this.units = units;
  }

  /// The mix that answers `request`, or the command's error.
  Mix mix(DenominateRequest request) {
    for (String currency : request.amounts().keySet()) {
      if (cassettes().stream().noneMatch(unit -> unit.note().currency().equals(currency))) {
        throw CommandException.error("invalidCurrency", "no notes of " + currency);
      }
    }
    Mix fixed = counted(request.counts());
    Mix mix = request.byApplication() ? fixed : chosen(request, fixed);
    if (request.byApplication()
        && !request.amounts().isEmpty()
        && !request.amounts().equals(mix.amounts())) {
      throw CommandException.error("invalidDenomination", "the notes do not sum to the amount");
    }
    if (mix.items() == 0) throw CommandException.error("invalidDenomination", "no notes at all");
    if (mix.items() > ITEMS_MAX) {
      throw CommandException.error(
          "tooManyItems", mix.items() + " notes, wanted at most " + ITEMS_MAX);
    }
    return mix;
  }

  /// What the request is worth, whether or not it can be paid: what a token must allow.
  Map<String, Long> worth(DenominateRequest request) {
    Map<String, Integer> known = new LinkedHashMap<>(request.counts());
    Map<String, Denomination> notes = notes();
    known.keySet().retainAll(notes.keySet());
    Map<String, Long> worth = new Mix(known, notes).amounts();
    request.amounts().forEach((currency, minor) -> worth.merge(currency, minor, Math::max));
    return worth;
  }

  private Mix counted(Map<String, Integer> counts) {
    Map<String, Denomination> notes = notes();
    counts.forEach(
        (unit, count) -> {
          if (!notes.containsKey(unit)) {
            throw CommandException.error("notDispensable", unit + " gives no notes");
          }
          if (count == 0) return;
          if (!units.isUsable(unit)) {
            throw CommandException.error("cashUnitError", unit + " is missing or locked");
          }
          if (count > units.unit(unit).count()) {
            throw CommandException.error("notDispensable", unit + " has not so many notes");
          }
        });
    return new Mix(counts, notes);
  }

  private Mix chosen(DenominateRequest request, Mix fixed) {
    if (!MINIMUM_BILLS.equals(request.mix())) {
      throw CommandException.error("invalidMixNumber", "the only mix is " + MINIMUM_BILLS);
    }
    if (request.amounts().isEmpty()) {
      throw CommandException.error("invalidDenomination", "no amount");
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, Long> fixedAmounts = fixed.amounts();
    if (!request.amounts().keySet().containsAll(fixedAmounts.keySet())) {
      throw CommandException.error("invalidDenomination", "partial notes of another currency");
    }
    request
        .amounts()
        .forEach(
            (currency, minor) -> {
              long rest = minor - fixedAmounts.getOrDefault(currency, 0L);
              if (rest < 0) {
                throw CommandException.error("invalidDenomination", "partial is above the amount");
              }
              List<CashUnit> usable =
                  cassettes().stream()
                      .filter(unit -> unit.note().currency().equals(currency))
                      .filter(unit -> units.isUsable(unit.unit()))
                      .toList();
              counts.putAll(fewest(usable, fixed.counts(), rest));
            });
    fixed.counts().forEach((unit, count) -> counts.merge(unit, count, Integer::sum));
    return new Mix(counts, notes());
  }

  /// The fewest notes that make `amount`: a bounded knapsack, since the greedy way does not pay
  /// 60 from fifties and twenties.
  private static Map<String, Integer> fewest(
      List<CashUnit> usable, Map<String, Integer> reserved, long amount) {
    if (amount == 0) return Map.of();
    long largest = usable.stream().mapToLong(unit -> unit.note().minor()).max().orElse(0);
    long step = usable.stream().mapToLong(unit -> unit.note().minor()).reduce(0, Denominator::gcd);
    if (largest == 0 || amount % step != 0) throw unpayable();
    if (amount > largest * ITEMS_MAX) {
      throw CommandException.error("tooManyItems", "more than " + ITEMS_MAX + " notes");
    }
    if (amount / step > STEPS_MAX) throw unpayable();
    int goal = (int) (amount / step);
    List<byte[]> choices = new ArrayList<>();
    int[] best = new int[goal + 1];
    Arrays.fill(best, Integer.MAX_VALUE);
    best[0] = 0;
    for (CashUnit unit : usable) {
      int value = (int) (unit.note().minor() / step);
      int most = Math.min(unit.count() - reserved.getOrDefault(unit.unit(), 0), 127);
      byte[] choice = new byte[goal + 1];
      best = better(best, value, most, choice);
      choices.add(choice);
    }
    if (best[goal] == Integer.MAX_VALUE) throw unpayable();
    return traced(usable, choices, step, goal);
  }

  /// One more kind of note: for each amount the fewest notes, and how many of this kind they take.
  private static int[] better(int[] before, int value, int most, byte[] choice) {
    int[] after = before.clone();
    for (int amount = value; amount < after.length; amount++) {
      for (int count = 1; count <= most && count * (long) value <= amount; count++) {
        int rest = before[amount - count * value];
        if (rest != Integer.MAX_VALUE && rest + count < after[amount]) {
          after[amount] = rest + count;
          choice[amount] = (byte) count;
        }
      }
    }
    return after;
  }

  private static Map<String, Integer> traced(
      List<CashUnit> usable, List<byte[]> choices, long step, int goal) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int rest = goal;
    for (int i = usable.size() - 1; i >= 0; i--) {
      int count = choices.get(i)[rest];
      counts.put(usable.get(i).unit(), count);
      rest -= count * (int) (usable.get(i).note().minor() / step);
    }
    return counts;
  }

  private static CommandException unpayable() {
    return CommandException.error("notDispensable", "the notes there are cannot make the amount");
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private List<CashUnit> cassettes() {
    return units.cassettes();
  }

  private Map<String, Denomination> notes() {
    Map<String, Denomination> notes = new LinkedHashMap<>();
    cassettes().forEach(unit -> notes.put(unit.unit(), unit.note()));
    return notes;
  }
}
