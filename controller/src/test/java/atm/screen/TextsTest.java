package atm.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.screen.AccountScreen.Signed;
import atm.screen.AccountScreen.StatementLine;
import atm.screen.Choice.Act;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Texts TEXTS = Texts.load(List.of("en", "de"));

  @Test
  void allLanguagesHaveTheSameKeys() {
    assertThat(TEXTS.language("de").catalogue().keySet())
        .isEqualTo(TEXTS.language("en").catalogue().keySet());
  }

  @Test
  void allLanguagesSpeakOfTheSameFacts() {
    Map<String, String> english = TEXTS.language("en").catalogue();
    TEXTS
        .language("de")
        .catalogue()
        .forEach(
            (key, words) -> assertThat(facts(words)).as(key).isEqualTo(facts(english.get(key))));
  }

  @Test
  void everyScreenHasItsWordsAndNoPlaceIsLeftUnfilled() {
    assertThat(new Gallery(TEXTS).all())
        .allSatisfy(
            model -> {
              assertThat(model.title()).isNotBlank().doesNotContain("{");
              assertThat(model.body()).allSatisfy(line -> assertThat(line).doesNotContain("{"));
              assertThat(model.speech()).startsWith(model.title()).doesNotContain("{");
            });
  }

  @Test
  void noWordsAreLeftOver() {
    Set<String> spoken = new TreeSet<>();
    TEXTS.language("en").catalogue().keySet().stream()
        .filter(key -> !isUsedOutsideScreens(key))
        .map(key -> key.replaceFirst("\\.(title|body|speech)(\\.one|\\.other)?$", ""))
        .forEach(spoken::add);
    Set<String> shown =
        new Gallery(TEXTS).screens("en").stream().map(Screen::words).collect(Collectors.toSet());

    assertThat(shown).containsAll(spoken);
  }

  @Test
  void newsIsToldInFewWords() {
    for (String tag : TEXTS.tags()) {
      for (Notice notice : Notice.values()) {
        String body = TEXTS.language(tag).say("message." + notice.key() + ".body", Map.of());
        assertThat(body.split("\\s+")).as(tag + " " + notice).hasSizeLessThanOrEqualTo(20);
      }
    }
  }

  @Test
  void aModelFitsTheWire() {
    assertThat(new Gallery(TEXTS).all())
        .allSatisfy(
            model ->
                assertThat(model.toString().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThan(4096));
  }

  @Test
  void theWayOutIsAlwaysAtTheSameKey() {
    assertThat(new Gallery(TEXTS).all())
        .flatExtracting(ScreenModel::options)
        .filteredOn(option -> option.id().equals("cancel"))
        .isNotEmpty()
        .allSatisfy(option -> assertThat(option.fdk()).isEqualTo('I'));
  }

  @Test
  void noKeyHasTwoMeanings() {
    assertThat(new Gallery(TEXTS).all())
        .allSatisfy(
            model ->
                assertThat(model.options())
                    .extracting(ScreenModel.Option::fdk)
                    .doesNotHaveDuplicates());
  }

  @Test
  void moneyIsWrittenAsTheLanguageDoes() {
    assertThat(TEXTS.language("en").money(Money.parse("1234 EUR"))).isEqualTo("€1,234");
    assertThat(TEXTS.language("en").money(Money.parse("1234.50 EUR"))).isEqualTo("€1,234.50");
    assertThat(TEXTS.language("de").money(Money.parse("1234 EUR"))).isEqualTo("1.234\u00a0€");
    assertThat(TEXTS.language("de").moneyOnPaper(Money.parse("60 EUR"))).isEqualTo("60,00 EUR");
  }

  @Test
  void oneTryIsNotSomeTries() {
    assertThat(body(new LoginScreen.Pin(0, Optional.of(1), List.of(), false)))
        .contains("You have one try left.");
    assertThat(body(new LoginScreen.Pin(0, Optional.of(2), List.of(), false)))
        .contains("You have 2 tries left.");
  }

  @Test
  void theIdleScreenGreetsInEveryLanguage() {
    assertThat(body(new Screen.Idle(true, true, List.of()))).contains("Bitte Karte einführen");
  }

  @Test
  void speechNamesTheKeysThatDoSomething() {
    ScreenModel menu =
        model(
            new Screen.Menu("Alice Martin", Map.of(Act.WITHDRAW, false, Act.BALANCE, true), false));

    assertThat(menu.speech())
        .contains("Hello, Alice Martin.", "For Balance, press D.")
        .doesNotContain("press A");
  }

  @Test
  void aLanguageWithoutCatalogueIsNamed() {
    assertThatThrownBy(() -> Texts.load(List.of("en", "tlh")))
        .hasMessage("no words for language tlh");
  }

  private static final AccountNumber ALICE = new AccountNumber("1000000008");
  private static final Receipt.Issue ISSUE =
      new Receipt.Issue(
          LocalDateTime.of(2026, 11, 22, 16, 30), Optional.of("7899"), "1043-9F3A2C1B");

  @Test
  void aReceiptFitsThePaperAndHidesTheCard() {
    Receipt receipt =
        new Receipt.Withdrawal(
            ISSUE,
            new Stan(1043),
            ALICE,
            Money.parse("60 EUR"),
            new TreeMap<>(Map.of(Money.parse("50 EUR"), 1, Money.parse("10 EUR"), 1)),
            Receipt.Withdrawal.Outcome.NOT_TAKEN);

    isWhole(receipt);
    assertThat(new ReceiptText(TEXTS, "ATM00001", "Marktplatz 1").lines(receipt, "de", 40))
        .contains(
            "Betrag                         60,00 EUR", "Scheine                    1 x 50,00 EUR");
  }

  @Test
  void receiptsOfTheOtherServices() {
    AccountNumber bernd = new AccountNumber("1000000016");
    Money sixty = Money.parse("60 EUR");
    TreeMap<Money, Integer> notes = new TreeMap<>(Map.of(Money.parse("20 EUR"), 3));
    List<StatementLine> entries =
        List.of(
            new StatementLine(
                LocalDate.of(2026, 11, 22),
                StatementLine.Kind.TRANSFER_OUT,
                new Signed(sixty, false),
                Optional.empty(),
                Optional.of(bernd.masked())));

    isWhole(new Receipt.Deposit(ISSUE, new Stan(1043), ALICE, sixty, notes, notes));
    isWhole(new Receipt.Envelope(ISSUE, new Stan(1043), ALICE, sixty));
    isWhole(new Receipt.Transfer(ISSUE, new Stan(1043), ALICE, bernd, "B. V.", sixty));
    isWhole(new Receipt.Balance(ISSUE, ALICE, sixty, sixty));
    isWhole(new Receipt.Statement(ISSUE, ALICE, entries));
  }

  @Test
  void aReceiptWithoutACardSaysNothingOfOne() {
    Receipt.Issue issue = new Receipt.Issue(ISSUE.when(), Optional.empty(), ISSUE.journalHead());
    Receipt receipt = new Receipt.Balance(issue, ALICE, Money.parse("1 EUR"), Money.parse("1 EUR"));

    assertThat(new ReceiptText(TEXTS, "ATM00001", "Marktplatz 1").lines(receipt, "en", 40))
        .noneMatch(line -> line.contains("Card"));
  }

  private static void isWhole(Receipt receipt) {
    boolean referenced =
        !(receipt instanceof Receipt.Balance || receipt instanceof Receipt.Statement);
    for (String tag : TEXTS.tags()) {
      for (int columns : new int[] {24, 32, 40}) {
        List<String> lines =
            new ReceiptText(TEXTS, "ATM00001", "Marktplatz 1").lines(receipt, tag, columns);
        assertThat(lines)
            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(String.join("\n", lines))
            .contains("**** 7899", "******0008", "1043-9F3A2C1B")
            .contains(referenced ? "001043" : "")
            .contains("60")
            .doesNotContain("1000000008");
      }
    }
  }

  private static List<String> body(Screen screen) {
    return model(screen).body();
  }

  private static ScreenModel model(Screen screen) {
    return TEXTS.model(screen, "en", Aids.NONE, "", 1, 0);
  }

  private static Set<String> facts(String words) {
    return Pattern.compile("\\{[a-z]+}")
        .matcher(words)
        .results()
        .map(MatchResult::group)
        .filter(fact -> !fact.equals("{count}")) // "one" may be a word
        .collect(Collectors.toSet());
  }

  private static boolean isUsedOutsideScreens(String key) {
    return key.matches(
        "(language\\.(name|locale|direction|list)|(key|speech|receipt|entry)\\..*|.*\\.key\\..*"
            + "|(idle|menu)\\.no-.*|message\\.reference|.*\\.(line|uncleared|full)"
            + "|count-cash\\.(refused|kept)\\..*)");
  }
}
