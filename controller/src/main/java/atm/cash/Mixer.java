package atm.cash;

import atm.value.Mix;
import atm.value.Money;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Chooses which notes pay an amount: as few as possible, never more than a cassette has or the
/// dispenser takes at once. Finds a mix whenever there is one, which the greedy way does not (60
/// from fifties and twenties). Immutable; built anew from the counts of the moment.
public final class Mixer {
  /// Notes of one kind that may be paid out.
  public record Supply(String cassette, Money note, int count) {
    public Supply {
      if (note.isZero()) throw new IllegalArgumentException("cassette " + cassette + " of 0 notes");
      if (count < 0) throw new IllegalArgumentException(count + " notes in cassette " + cassette);
    }
  }

  private static final int NEVER = Integer.MAX_VALUE;

  /// Ascending, one entry a denomination.
  private final List<Denomination> denominations;

  private final int maxNotes;

  /// The greatest common divisor of all notes: amounts are counted in it.
  private final long step;

  /// `used[d][a]`: how many notes of denomination `d` the best way to pay `a` steps with the
  /// denominations up to `d` takes; `fewest[a]` how many notes it takes with all of them.
  private final int[][] used;

  private final int[] fewest;

  private record Denomination(Money note, List<Supply> supplies) {
    int count() {
      return supplies.stream().mapToInt(Supply::count).reduce(0, Math::addExact);
    }
  }

  public Mixer(List<Supply> supplies, int maxNotes) {
    this.maxNotes = maxNotes;
    denominations =
        supplies.stream()
            .filter(supply -> supply.count() > 0)
            .collect(Collectors.groupingBy(Supply::note, TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(entry -> new Denomination(entry.getKey(), entry.getValue()))
            .toList();
    step = denominations.stream().mapToLong(d -> d.note.minor()).reduce(0, Mixer::gcd);
    fewest = new int[Math.toIntExact(step == 0 ? 1 : mostPayable() / step + 1)];
    Arrays.fill(fewest, NEVER);
    fewest[0] = 0;
    used = new int[denominations.size()][];
    for (int d = 0; d < used.length; d++) used[d] = add(denominations.get(d));
  }

  /// The notes to pay `amount` with; empty when no mix makes it.
  public Optional<Mix> mix(Money amount) {
    if (!canPay(amount)) return Optional.empty();
    int steps = Math.toIntExact(amount.minor() / step);
    Map<String, Integer> notes = new HashMap<>();
    for (int d = denominations.size() - 1; d >= 0; d--) {
      int count = used[d][steps];
      takeFromFullest(denominations.get(d), count, notes);
      steps -= count * Math.toIntExact(denominations.get(d).note.minor() / step);
    }
    return Optional.of(new Mix(notes));
  }

  public boolean canPay(Money amount) {
    if (step == 0 || amount.isZero() || amount.minor() % step != 0) return false;
    if (!amount.currency().equals(denominations.getFirst().note.currency())) return false;
    return amount.minor() / step < fewest.length
        && fewest[Math.toIntExact(amount.minor() / step)] <= maxNotes;
  }

  public boolean canPayAnything() {
    return fewest.length > 1;
  }

  /// The largest payable amount under `amount`.
  public Optional<Money> nearestBelow(Money amount) {
    if (step == 0) return Optional.empty();
    for (long a = Math.min((amount.minor() - 1) / step, fewest.length - 1); a > 0; a--) {
      if (fewest[Math.toIntExact(a)] <= maxNotes) return Optional.of(moneyOf(a));
    }
    return Optional.empty();
  }

  /// The smallest payable amount over `amount`.
  public Optional<Money> nearestAbove(Money amount) {
    if (step == 0) return Optional.empty();
    for (long a = amount.minor() / step + 1; a < fewest.length; a++) {
      if (fewest[Math.toIntExact(a)] <= maxNotes) return Optional.of(moneyOf(a));
    }
    return Optional.empty();
  }

  /// The denominations that can be paid out, ascending.
  public List<Money> notes() {
    return denominations.stream().map(Denomination::note).toList();
  }

  /// The denomination in each cassette that can be paid from.
  public Map<String, Money> noteByCassette() {
    Map<String, Money> notes = new HashMap<>();
    denominations.forEach(d -> d.supplies.forEach(s -> notes.put(s.cassette, s.note)));
    return notes;
  }

  private Money moneyOf(long steps) {
    return new Money(steps * step, denominations.getFirst().note.currency());
  }

  /// As many of the largest notes as there are and as go out at once: nothing above can be paid.
  private long mostPayable() {
    long most = 0;
    int left = maxNotes;
    for (int d = denominations.size() - 1; d >= 0; d--) {
      int taken = Math.min(left, denominations.get(d).count());
      most = Math.addExact(most, denominations.get(d).note.times(taken).minor());
      left -= taken;
    }
    return most;
  }

  /// One denomination more: for each amount, how many of its notes the best way now takes. Equal
  /// totals go to the one with more of the larger note, so that small notes last.
  private int[] add(Denomination denomination) {
    int value = Math.toIntExact(denomination.note.minor() / step);
    int most = Math.min(maxNotes, denomination.count());
    int[] before = fewest.clone();
    int[] taken = new int[fewest.length];
    for (int a = 0; a < fewest.length; a++) {
      for (int count = 1; count <= most && count * value <= a; count++) {
        int rest = before[a - count * value];
        if (rest != NEVER && rest + count <= fewest[a]) {
          fewest[a] = rest + count;
          taken[a] = count;
        }
      }
    }
    return taken;
  }

  /// Cassettes of one denomination are emptied evenly: each note comes from the fullest.
  private static void takeFromFullest(
      Denomination denomination, int count, Map<String, Integer> notes) {
    Map<String, Integer> left = new TreeMap<>();
    denomination.supplies.forEach(s -> left.put(s.cassette, s.count));
    for (int i = 0; i < count; i++) {
      String fullest =
          left.entrySet().stream()
              .max(
                  Map.Entry.<String, Integer>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
              .orElseThrow()
              .getKey();
      left.merge(fullest, -1, Integer::sum);
      notes.merge(fullest, 1, Integer::sum);
    }
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
