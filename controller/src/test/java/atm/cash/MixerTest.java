package atm.cash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.cash.Mixer.Supply;
import atm.value.Mix;
import atm.value.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MixerTest {
  private static final List<Supply> FULL =
      List.of(supply("C1", 10, 100), supply("C2", 20, 100), supply("C3", 50, 100));

  @Test
  void paysWithAsFewNotesAsCan() {
    Mixer mixer = new Mixer(FULL, 40);

    assertThat(mixer.mix(euros(60))).contains(mix(Map.of("C3", 1, "C1", 1)));
    assertThat(mixer.mix(euros(280))).contains(mix(Map.of("C3", 5, "C2", 1, "C1", 1)));
  }

  @Test
  void findsTheMixThatTheGreedyWayMisses() {
    Mixer mixer = new Mixer(List.of(supply("C2", 20, 10), supply("C3", 50, 10)), 40);

    assertThat(mixer.mix(euros(60))).contains(mix(Map.of("C2", 3)));
    assertThat(mixer.mix(euros(110))).contains(mix(Map.of("C3", 1, "C2", 3)));
    assertThat(mixer.mix(euros(30))).isEmpty();
  }

  /// A fifty and two fives are as many notes as three twenties.
  @Test
  void ofTwoWaysWithAsManyNotesTheLargerNoteIsTaken() {
    Mixer mixer =
        new Mixer(List.of(supply("C1", 5, 10), supply("C2", 20, 10), supply("C3", 50, 10)), 40);

    assertThat(mixer.mix(euros(60))).contains(mix(Map.of("C3", 1, "C1", 2)));
  }

  /// A hundred in notes of 10, 50 and 70: beginning with the largest would take four.
  @Test
  void aLargerNoteIsLeftWhereItCostsMoreNotes() {
    Mixer mixer =
        new Mixer(List.of(supply("C1", 10, 10), supply("C2", 50, 10), supply("C3", 70, 10)), 40);

    assertThat(mixer.mix(euros(100))).contains(mix(Map.of("C2", 2)));
  }

  @Test
  void offersTheNearestAmountsThatCanBePaid() {
    Mixer mixer = new Mixer(List.of(supply("C2", 20, 3), supply("C3", 50, 1)), 40);

    assertThat(mixer.nearestBelow(euros(65))).contains(euros(60));
    assertThat(mixer.nearestAbove(euros(65))).contains(euros(70));
    assertThat(mixer.nearestBelow(euros(20))).isEmpty();
    assertThat(mixer.nearestAbove(euros(110))).isEmpty();
    assertThat(mixer.nearestBelow(euros(5000))).contains(euros(110));
  }

  @Test
  void neverPaysMoreNotesThanTheDispenserTakesAtOnce() {
    Mixer mixer = new Mixer(List.of(supply("C1", 10, 100)), 40);

    assertThat(mixer.canPay(euros(400))).isTrue();
    assertThat(mixer.canPay(euros(410))).isFalse();
    assertThat(mixer.nearestBelow(euros(1000))).contains(euros(400));
    assertThat(mixer.nearestAbove(euros(391))).contains(euros(400));
    assertThat(mixer.nearestAbove(euros(400))).isEmpty();
  }

  @Test
  void takesNotesOfOneKindFromTheFullestCassette() {
    Mixer mixer = new Mixer(List.of(supply("A", 20, 5), supply("B", 20, 7)), 40);

    assertThat(mixer.mix(euros(120))).contains(mix(Map.of("A", 2, "B", 4)));
  }

  @Test
  void anEmptyMachinePaysNothing() {
    Mixer mixer = new Mixer(List.of(supply("C1", 10, 0)), 40);

    assertThat(mixer.canPayAnything()).isFalse();
    assertThat(mixer.mix(euros(10))).isEmpty();
    assertThat(mixer.nearestBelow(euros(10))).isEmpty();
    assertThat(mixer.nearestAbove(euros(10))).isEmpty();
  }

  @Test
  void paysNoOddAmountAndNoOtherCurrency() {
    Mixer mixer = new Mixer(FULL, 40);

    assertThat(mixer.canPay(Money.parse("10.50 EUR"))).isFalse();
    assertThat(mixer.canPay(Money.parse("0 EUR"))).isFalse();
    assertThat(mixer.canPay(Money.parse("20 CHF"))).isFalse();
  }

  /// Against a search through every mix there is, on small machines drawn at random.
  @Test
  void agreesWithASearchThroughAllMixes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Supply> supplies = someSupplies(random);
      int maxNotes = 1 + random.nextInt(8);
      Mixer mixer = new Mixer(supplies, maxNotes);
      String machine = "seed " + seed + ", " + supplies + ", at most " + maxNotes;

      for (long amount = 1; amount <= 120; amount++) {
        Optional<Integer> fewest = fewestNotes(supplies, 0, amount, maxNotes);
        Optional<Mix> mix = mixer.mix(euros(amount));
        assertThat(mix.map(Mix::notes)).as(machine + " for " + amount).isEqualTo(fewest);
        assertThat(worthOf(mix, supplies)).as(machine).isEqualTo(fewest.isEmpty() ? 0 : amount);
      }
    }
  }

  @Test
  void nearestAmountsAreTheNearestOfAllPayable() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<Supply> supplies = someSupplies(random);
      Mixer mixer = new Mixer(supplies, 6);
      long asked = 1 + random.nextInt(150);

      assertThat(mixer.nearestBelow(euros(asked)))
          .as("seed " + seed + " below " + asked + " of " + supplies)
          .isEqualTo(payable(supplies, LongStream.range(1, asked)).reduce((_, last) -> last));
      assertThat(mixer.nearestAbove(euros(asked)))
          .as("seed " + seed + " above " + asked + " of " + supplies)
          .isEqualTo(payable(supplies, LongStream.range(asked + 1, 700)).findFirst());
    }
  }

  /// Whole machines drawn at random, each emptied withdrawal by withdrawal.
  @Test
  void untilItIsEmptyAMachineKeepsItsSmallNotesAndEmptiesItsCassettesEvenly() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<Supply> left = someSupplies(random);
      int maxNotes = 2 + random.nextInt(6);
      while (new Mixer(left, maxNotes).canPayAnything()) {
        Mixer mixer = new Mixer(left, maxNotes);
        Money amount =
            mixer
                .nearestAbove(euros(random.nextInt(60)))
                .or(() -> mixer.nearestBelow(euros(60)))
                .orElseThrow();
        String told = "seed " + seed + ": " + amount + " of " + left + ", at most " + maxNotes;
        Mix mix = mixer.mix(amount).orElseThrow(() -> new AssertionError(told));

        assertThat(mix.notes()).as(told).isBetween(1, maxNotes);
        assertThat(worth(mix, left)).as(told).isEqualTo(amount.minor() / 100);
        assertThat(byNote(mix, left)).as(told).isEqualTo(bestOfAll(left, amount, maxNotes));
        left = without(mix, left);
        assertThat(isEven(mix, left)).as(told).isTrue();
      }
    }
  }

  @Test
  void whatCanBePaidFromIsToldByCassetteAndNote() {
    Mixer mixer = new Mixer(List.of(supply("A", 20, 5), supply("B", 20, 0), supply("C", 5, 1)), 4);

    assertThat(mixer.notes()).containsExactly(euros(5), euros(20));
    assertThat(mixer.noteByCassette()).isEqualTo(Map.of("A", euros(20), "C", euros(5)));
    assertThat(mixer.canPayAnything()).isTrue();
  }

  @Test
  void aSupplyOfNothingOrOfLessThanNothingCannotBeBuilt() {
    assertThatThrownBy(() -> supply("A", 0, 1)).hasMessageContaining("cassette A of 0 notes");
    assertThatThrownBy(() -> supply("A", 5, -1)).hasMessage("-1 notes in cassette A");
  }

  /// Of all mixes with the fewest notes, the one with the most of the largest note, and so on down:
  /// found by trying every mix there is.
  private static Map<Money, Integer> bestOfAll(List<Supply> supplies, Money amount, int maxNotes) {
    Map<Money, Integer> counts = new TreeMap<>(java.util.Comparator.reverseOrder());
    supplies.forEach(s -> counts.merge(s.note(), s.count(), Integer::sum));
    List<Map<Money, Integer>> found = new ArrayList<>();
    everyMix(List.copyOf(counts.entrySet()), 0, amount.minor(), maxNotes, new TreeMap<>(), found);
    int fewest = found.stream().mapToInt(MixerTest::total).min().orElseThrow();
    // The search takes the most of the largest note first.
    return found.stream().filter(mix -> total(mix) == fewest).findFirst().orElseThrow();
  }

  private static void everyMix(
      List<Map.Entry<Money, Integer>> notes,
      int from,
      long rest,
      int maxNotes,
      Map<Money, Integer> taken,
      List<Map<Money, Integer>> found) {
    if (rest == 0) found.add(new TreeMap<>(taken));
    if (rest == 0 || from == notes.size()) return;
    Money note = notes.get(from).getKey();
    long most = Math.min(rest / note.minor(), Math.min(maxNotes, notes.get(from).getValue()));
    for (int n = (int) most; n >= 0; n--) {
      if (n > 0) taken.put(note, n);
      everyMix(notes, from + 1, rest - n * note.minor(), maxNotes - n, taken, found);
      taken.remove(note);
    }
  }

  private static int total(Map<Money, Integer> mix) {
    return mix.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Map<Money, Integer> byNote(Mix mix, List<Supply> supplies) {
    Map<Money, Integer> byNote = new TreeMap<>();
    for (Supply supply : supplies) {
      int taken = mix.byCassette().getOrDefault(supply.cassette(), 0);
      if (taken > 0) byNote.merge(supply.note(), taken, Integer::sum);
    }
    return byNote;
  }

  private static List<Supply> without(Mix mix, List<Supply> supplies) {
    return supplies.stream()
        .map(
            s ->
                new Supply(
                    s.cassette(),
                    s.note(),
                    s.count() - mix.byCassette().getOrDefault(s.cassette(), 0)))
        .toList();
  }

  /// Of two cassettes of one note, the one that gave is now at most one below the other.
  private static boolean isEven(Mix mix, List<Supply> left) {
    return left.stream()
        .filter(gave -> mix.byCassette().containsKey(gave.cassette()))
        .allMatch(
            gave ->
                left.stream()
                    .filter(other -> other.note().equals(gave.note()))
                    .allMatch(other -> other.count() <= gave.count() + 1));
  }

  private static Stream<Money> payable(List<Supply> supplies, LongStream amounts) {
    return amounts
        .filter(amount -> fewestNotes(supplies, 0, amount, 6).isPresent())
        .mapToObj(MixerTest::euros);
  }

  private static List<Supply> someSupplies(Random random) {
    List<Supply> supplies = new ArrayList<>();
    int[] notes = {5, 10, 20, 50, 100, 7};
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      supplies.add(supply("C" + i, notes[random.nextInt(notes.length)], random.nextInt(5)));
    }
    return supplies;
  }

  private static Optional<Integer> fewestNotes(
      List<Supply> supplies, int from, long euros, int maxNotes) {
    if (euros == 0) return Optional.of(0);
    if (from == supplies.size() || maxNotes == 0) return Optional.empty();
    Supply supply = supplies.get(from);
    long value = supply.note().minor() / 100;
    Optional<Integer> best = Optional.empty();
    for (int n = 0; n <= Math.min(supply.count(), maxNotes) && n * value <= euros; n++) {
      int taken = n;
      Optional<Integer> with =
          fewestNotes(supplies, from + 1, euros - n * value, maxNotes - n).map(m -> m + taken);
      if (best.isEmpty() || with.isPresent() && with.get() < best.get()) best = with;
    }
    return best;
  }

  private static long worthOf(Optional<Mix> mix, List<Supply> supplies) {
    return mix.map(found -> worth(found, supplies)).orElse(0L);
  }

  /// In euros; fails when the mix takes what is not there.
  private static long worth(Mix mix, List<Supply> supplies) {
    long worth = 0;
    for (var taken : mix.byCassette().entrySet()) {
      Supply supply =
          supplies.stream()
              .filter(s -> s.cassette().equals(taken.getKey()))
              .findAny()
              .orElseThrow();
      assertThat(taken.getValue()).isLessThanOrEqualTo(supply.count());
      worth += supply.note().minor() / 100 * taken.getValue();
    }
    return worth;
  }

  private static Supply supply(String cassette, long euros, int count) {
    return new Supply(cassette, euros(euros), count);
  }

  private static Mix mix(Map<String, Integer> notes) {
    return new Mix(notes);
  }

  private static Money euros(long euros) {
    return Money.of(euros * 100, "EUR");
  }
}
