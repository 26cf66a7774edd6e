package atm.screen;

import static org.assertj.core.api.Assertions.assertThat;

import atm.screen.AccountScreen.Signed;
import atm.screen.AccountScreen.StatementLine;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReceiptTextTest {
  private static final Texts TEXTS = Texts.load(LanguagesTest.ALL);
  private static final Receipt.Issue ISSUE = issue(Optional.of("7899"));
  private static final Stan STAN = new Stan(1043);
  private static final AccountNumber ALICE = new AccountNumber("1000000008");
  private static final AccountNumber BERND = new AccountNumber("1000000016");

  /// One of each template, and of each template all that it can say.
  private static final List<Receipt> ALL =
      List.of(
          withdrawal(Receipt.Withdrawal.Outcome.PAID),
          withdrawal(Receipt.Withdrawal.Outcome.NOT_TAKEN),
          withdrawal(Receipt.Withdrawal.Outcome.UNCLEAR),
          new Receipt.Deposit(ISSUE, STAN, ALICE, euros(60), notes(), new TreeMap<>()),
          new Receipt.Deposit(ISSUE, STAN, ALICE, euros(60), notes(), notes()),
          new Receipt.Envelope(ISSUE, STAN, ALICE, euros(250)),
          new Receipt.Transfer(ISSUE, STAN, ALICE, BERND, "B. V…", euros(40)),
          new Receipt.Balance(ISSUE, ALICE, euros(12_345_678), euros(12_345_678)),
          new Receipt.Statement(ISSUE, ALICE, entries()),
          new Receipt.Statement(ISSUE, ALICE, List.of()),
          new Receipt.PinChange(ISSUE));

  @Test
  void everyReceiptFitsThePaperInEveryLanguage() {
    for (Receipt receipt : ALL) {
      for (String tag : TEXTS.tags()) {
        for (int columns : new int[] {24, 32, 40, 48}) {
          assertThat(lines(receipt, tag, columns))
              .as(receipt.getClass().getSimpleName() + " in " + tag)
              .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        }
      }
    }
  }

  @Test
  void everyReceiptHidesCardAndAccountAndNamesTheJournalsHead() {
    for (Receipt receipt : ALL) {
      assertThat(text(receipt, "en"))
          .contains("**** 7899", "1043-9F3A2C1B", "Marktplatz 1", "ATM00001", "22 Nov 2026, 16:30")
          .doesNotContain(ALICE.digits(), BERND.digits());
    }
  }

  @Test
  void whatMovesMoneyHasAReferenceAndAnAccount() {
    assertThat(ALL)
        .filteredOn(receipt -> hasReference(receipt))
        .hasSize(7)
        .allSatisfy(receipt -> assertThat(text(receipt, "en")).contains("001043", "******0008"));
  }

  /// Code page 858, which every receipt printer has, knows the letters of our Latin languages.
  @Test
  void aPrinterHasAllCharacters() {
    var printer = Charset.forName("IBM00858").newEncoder();
    for (Receipt receipt : ALL) {
      for (String tag : TEXTS.tags()) {
        assertThat(lines(receipt, tag, 40))
            .as(receipt.getClass().getSimpleName() + " in " + tag)
            .allSatisfy(line -> assertThat(printer.canEncode(line)).as(line).isTrue());
      }
    }
  }

  @Test
  void aVisitWithoutACardSaysSo() {
    Receipt receipt = new Receipt.Balance(issue(Optional.empty()), ALICE, euros(60), euros(60));

    assertThat(text(receipt, "en")).contains("without card").doesNotContain("****  ");
  }

  @Test
  void aLanguageInAnotherScriptIsPrintedInTheFirstLatinOne() {
    Texts german = Texts.load(List.of("ar", "hi", "de", "en"));
    Texts none = Texts.load(List.of("ar"));
    Receipt receipt = ALL.getFirst();

    assertThat(new ReceiptText(german, "ATM00001", "Marktplatz 1").lines(receipt, "hi", 40))
        .anyMatch(line -> line.contains("AUSZAHLUNG"));
    assertThat(new ReceiptText(none, "ATM00001", "Marktplatz 1").lines(receipt, "ar", 40))
        .anyMatch(line -> line.contains("CASH WITHDRAWAL"));
  }

  /// Said where a receipt is offered.
  @Test
  void theLanguageOfThePaperIsNamedWhereItIsAnother() {
    ReceiptText receipts =
        new ReceiptText(Texts.load(List.of("ar", "hi", "de", "en")), "ATM00001", "Marktplatz 1");

    assertThat(receipts.otherLanguage("hi")).contains("Deutsch");
    assertThat(receipts.otherLanguage("en")).isEmpty();
    assertThat(
            TEXTS
                .model(new Screen.ReceiptChoice(Optional.of("Deutsch")), "ar", Aids.NONE, "", 1, 0)
                .body())
        .containsExactly("يُطبع بهذه اللغة: \u2068Deutsch\u2069.");
  }

  @Test
  void amountsStandInAColumnAtTheRight() {
    assertThat(lines(ALL.get(0), "de", 40))
        .contains(
            "Betrag                         60,00 EUR", "Scheine                    1 x 50,00 EUR");
    assertThat(lines(new Receipt.Statement(ISSUE, ALICE, entries()), "en", 40))
        .contains(
            "20 Nov To B. V..              -40.00 EUR", "21 Nov Withdrawal, pending    -60.00 EUR");
  }

  @Test
  void notesThatWereKeptAreListedAsNotCredited() {
    assertThat(text(ALL.get(4), "en")).contains("Kept for checking", "not credited.");
  }

  private static Receipt withdrawal(Receipt.Withdrawal.Outcome outcome) {
    return new Receipt.Withdrawal(ISSUE, STAN, ALICE, euros(60), notes(), outcome);
  }

  private static boolean hasReference(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Withdrawal _, Receipt.Deposit _, Receipt.Envelope _, Receipt.Transfer _ -> true;
      case Receipt.Balance _, Receipt.Statement _, Receipt.PinChange _ -> false;
    };
  }

  private static List<StatementLine> entries() {
    return List.of(
        entry(21, StatementLine.Kind.WITHDRAWAL, 60, Optional.empty(), Optional.empty()),
        entry(
            20,
            StatementLine.Kind.TRANSFER_OUT,
            40,
            Optional.of(euros(1190)),
            Optional.of("B. V…")));
  }

  private static StatementLine entry(
      int day,
      StatementLine.Kind kind,
      long euros,
      Optional<Money> balance,
      Optional<String> counterpart) {
    return new StatementLine(
        LocalDate.of(2026, 11, day), kind, new Signed(euros(euros), false), balance, counterpart);
  }

  private static Receipt.Issue issue(Optional<String> card) {
    return new Receipt.Issue(LocalDateTime.of(2026, 11, 22, 16, 30), card, "1043-9F3A2C1B");
  }

  private static SortedMap<Money, Integer> notes() {
    return new TreeMap<>(Map.of(euros(50), 1, euros(10), 1));
  }

  private static Money euros(long euros) {
    return Money.of(euros * 100, "EUR");
  }

  private static List<String> lines(Receipt receipt, String tag, int columns) {
    return new ReceiptText(TEXTS, "ATM00001", "Marktplatz 1").lines(receipt, tag, columns);
  }

  private static String text(Receipt receipt, String tag) {
    return String.join("\n", lines(receipt, tag, 40));
  }
}
