package atm.driver.ssp;

import atm.value.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What became of the notes of one payout, worked out from what the unit counts: the levels before
/// and after, the value it says it paid, and, where it could not say that, its counters. There is
/// an answer only if there is no other.
///
/// @param paid left the machine, or wait in the bezel
/// @param toCashbox left the store too, but were put into the cashbox
record Reckoning(SortedMap<Money, Integer> paid, SortedMap<Money, Integer> toCashbox) {
  /// @param asked what the payout was to pay
  /// @param left levels before less levels after
  /// @param paidMinor as an event told it; empty when none did
  /// @param dispensed by how much that counter grew
  /// @param cashed by how much the counter of notes to the cashbox grew
  static Optional<Reckoning> of(
      Map<Money, Integer> asked,
      Map<Money, Integer> left,
      OptionalLong paidMinor,
      long dispensed,
      long cashed) {
    if (left.values().stream().anyMatch(count -> count < 0)) return Optional.empty();
    Predicate<SortedMap<Money, Integer>> explains =
        paidMinor.isPresent()
            ? paid -> value(paid) == paidMinor.getAsLong()
            : paid -> notes(paid) == dispensed && notes(left) - notes(paid) == cashed;
    List<SortedMap<Money, Integer>> found = new ArrayList<>();
    collect(List.copyOf(left.keySet()), 0, asked, left, new TreeMap<>(), explains, found);
    return found.size() == 1
        ? Optional.of(new Reckoning(found.getFirst(), rest(left, found.getFirst())))
        : Optional.empty();
  }

  /// Tries every way in which some of what left was paid, no more of a note than was asked for. A
  /// payout has at most `SmartPayout.NOTES_MAX` notes of a few kinds, so there are not many.
  private static void collect(
      List<Money> notes,
      int at,
      Map<Money, Integer> asked,
      Map<Money, Integer> left,
      TreeMap<Money, Integer> paid,
      Predicate<SortedMap<Money, Integer>> explains,
      List<SortedMap<Money, Integer>> found) {
    if (found.size() > 1) return;
    if (at == notes.size()) {
      if (explains.test(paid)) found.add(new TreeMap<>(paid));
      return;
    }
    Money note = notes.get(at);
    int most = Math.min(left.get(note), asked.getOrDefault(note, 0));
    for (int count = 0; count <= most; count++) {
      if (count > 0) paid.put(note, count);
      collect(notes, at + 1, asked, left, paid, explains, found);
    }
    paid.remove(note);
  }

  private static SortedMap<Money, Integer> rest(
      Map<Money, Integer> left, Map<Money, Integer> paid) {
    SortedMap<Money, Integer> rest = new TreeMap<>();
    left.forEach(
        (note, count) -> {
          int others = count - paid.getOrDefault(note, 0);
          if (others > 0) rest.put(note, others);
        });
    return rest;
  }

  static long value(Map<Money, Integer> notes) {
    return notes.entrySet().stream().mapToLong(e -> e.getKey().minor() * e.getValue()).sum();
  }

  static int notes(Map<Money, Integer> notes) {
    return notes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
