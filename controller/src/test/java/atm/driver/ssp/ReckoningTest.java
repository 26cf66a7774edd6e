package atm.driver.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import atm.driver.ssp.SspData.Counters;
import atm.value.Money;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What was paid, worked out from what the unit counts; an answer only if there is no other.
class ReckoningTest {
  private static final Money TEN = Money.parse("10 EUR");
  private static final Money TWENTY = Money.parse("20 EUR");
  private static final Map<Money, Integer> ASKED = Map.of(TEN, 2, TWENTY, 2);

  @Test
  void whatLeftAndWasPaidIsAllThereIs() {
    Reckoning done = of(Map.of(TEN, 2, TWENTY, 2), OptionalLong.of(6000), 0, 0).orElseThrow();

    assertThat(done.paid()).isEqualTo(ASKED);
    assertThat(done.toCashbox()).isEmpty();
  }

  @Test
  void whatLeftAndWasNotPaidIsInTheCashbox() {
    Reckoning done = of(Map.of(TEN, 3, TWENTY, 1), OptionalLong.of(2000), 0, 0).orElse(null);

    // Two tens or one twenty: nobody can tell.
    assertThat(done).isNull();
    assertThat(of(Map.of(TEN, 3), OptionalLong.of(2000), 0, 0).orElseThrow().toCashbox())
        .isEqualTo(Map.of(TEN, 1));
  }

  @Test
  void withoutAValueTheCountersTell() {
    assertThat(of(Map.of(), OptionalLong.empty(), 0, 0).orElseThrow().paid()).isEmpty();
    assertThat(of(ASKED, OptionalLong.empty(), 4, 0).orElseThrow().paid()).isEqualTo(ASKED);
    assertThat(of(ASKED, OptionalLong.empty(), 3, 1)).isEmpty();
    assertThat(of(ASKED, OptionalLong.empty(), 0, 0)).isEmpty();
  }

  @Test
  void whatDoesNotAddUpIsUnknown() {
    assertThat(of(Map.of(TEN, -1), OptionalLong.of(0), 0, 0)).isEmpty();
    assertThat(of(Map.of(TEN, 1), OptionalLong.of(6000), 0, 0)).isEmpty();
    assertThat(of(Map.of(TEN, 5), OptionalLong.of(5000), 0, 0)).as("more than asked").isEmpty();
  }

  /// Neither paid nor rejected.
  @Test
  void aDenominationThatIsNotToldOfAnyMoreExplainsNothing() {
    Counters none = new Counters(0, 0, 0, 0, 0);
    Counters two = new Counters(0, 0, 2, 0, 0);
    Payout payout = new Payout(new TreeMap<>(Map.of(TEN, 2)), Map.of(TEN, 10, TWENTY, 10), none);

    payout.settle(Map.of(TEN, 8), two);

    assertThat(payout.isSettled()).isTrue();
    assertThat(payout.reckoning()).isEmpty();
  }

  private static Optional<Reckoning> of(
      Map<Money, Integer> left, OptionalLong paid, long dispensed, long cashed) {
    return Reckoning.of(ASKED, left, paid, dispensed, cashed);
  }
}
