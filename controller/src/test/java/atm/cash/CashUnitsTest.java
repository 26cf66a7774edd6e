package atm.cash;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashDispenser.CashUnit;
import atm.device.CashDispenser.CashUnit.Kind;
import atm.device.CashDispenser.CashUnit.State;
import atm.ledger.BookUnit;
import atm.value.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CashUnitsTest {
  private static final Money TWENTY = Money.parse("20 EUR");

  @Test
  void countsThatAgreeSayNothing() {
    CashUnits units = new CashUnits(List.of(cassette("C1", 90, State.OK)), List.of(book("C1", 90)));

    assertThat(units.disagreements()).isEmpty();
    assertThat(units.moved()).isEmpty();
    assertThat(units.low()).isEmpty();
  }

  @Test
  void aDisagreementNamesTheCassetteAndBothFigures() {
    CashUnits units =
        new CashUnits(
            List.of(cassette("C1", 90, State.OK), cassette("C2", 50, State.OK)),
            List.of(book("C1", 92), book("C2", 50)));

    assertThat(units.disagreements())
        .containsExactly("cassette C1: the device counts 90, the books 92");
    assertThat(units.moved()).containsExactly(Map.entry("C1", 2));
  }

  @Test
  void aCassetteTheBooksDoNotKnowIsADisagreement() {
    CashUnits units = new CashUnits(List.of(cassette("C9", 5, State.OK)), List.of());

    assertThat(units.disagreements())
        .containsExactly("cassette C9: the device counts 5, the books know it not");
  }

  @Test
  void binsAreLeftToAPerson() {
    CashUnit bin = new CashUnit("REJECT", Kind.REJECT, Optional.empty(), 0, 3, State.OK);
    CashUnits units =
        new CashUnits(
            List.of(bin, cassette("C1", 90, State.OK)),
            List.of(book("C1", 90), book(BookUnit.REJECT, 1), book(BookUnit.REJECT, 1)));

    assertThat(units.disagreements()).isEmpty();
  }

  @Test
  void onlyCassettesThatWorkArePaidFrom() {
    CashUnits units =
        new CashUnits(
            List.of(
                cassette("C1", 10, State.LOW),
                cassette("C2", 90, State.INOPERATIVE),
                cassette("C3", 90, State.MISSING)),
            List.of(book("C1", 10), book("C2", 90), book("C3", 90)));

    assertThat(units.mixer(40).canPay(Money.parse("200 EUR"))).isTrue();
    assertThat(units.mixer(40).canPay(Money.parse("220 EUR"))).isFalse();
  }

  @Test
  void aTenthLeftIsLow() {
    CashUnits units =
        new CashUnits(
            List.of(
                cassette("C1", 9, State.OK),
                cassette("C2", 10, State.OK),
                cassette("C3", 90, State.LOW)),
            List.of(book("C1", 9), book("C2", 10), book("C3", 90)));

    assertThat(units.low())
        .containsExactly("cassette C1 has 9 of 100 notes", "cassette C3 has 90 of 100 notes");
  }

  @Test
  void aCassetteTakenOutSaysNothingOfWhatLeftIt() {
    List<BookUnit> book = List.of(book("C1", 90), book("C2", 50), book(BookUnit.REJECT, 3));
    CashUnits whole =
        new CashUnits(List.of(cassette("C1", 88, State.OK), cassette("C2", 50, State.OK)), book);
    CashUnits missing =
        new CashUnits(
            List.of(cassette("C1", 90, State.OK), cassette("C2", 50, State.MISSING)), book);

    assertThat(whole.seesAllCassettes()).isTrue();
    assertThat(missing.seesAllCassettes()).isFalse();
    assertThat(missing.moved()).isEmpty();
  }

  /// It is paid from by the books' counts, and never a proof that nothing was moved.
  @Test
  void forADeviceThatDoesNotCountTheBooksCountsStandIn() {
    CashUnits units =
        CashUnits.uncounted(
            List.of(cassette("C1", 77, State.OK), cassette("C9", 77, State.OK)),
            List.of(book("C1", 3), book(BookUnit.REJECT, 5)));

    assertThat(units.moved()).isEmpty();
    assertThat(units.seesAllCassettes()).isFalse();
    assertThat(units.mixer(40).nearestBelow(Money.parse("500 EUR"))).contains(TWENTY.times(3));
    assertThat(units.device()).extracting(CashUnit::id).containsExactly("C1", "C9");
  }

  private static CashUnit cassette(String id, int count, State state) {
    return new CashUnit(id, Kind.CASSETTE, Optional.of(TWENTY), 100, count, state);
  }

  private static BookUnit book(String id, int count) {
    return new BookUnit(id, Optional.of(TWENTY), count);
  }
}
