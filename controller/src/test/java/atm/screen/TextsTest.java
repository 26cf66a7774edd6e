package atm.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.screen.Choice.Act;
import atm.value.Money;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        "(language\\.(name|locale|script|direction|list)|(key|speech|receipt|entry)\\..*|.*\\.key\\..*"
            + "|(idle|menu)\\.no-.*|message\\.reference|.*\\.(line|uncleared|full)"
            + "|count-cash\\.(refused|kept)\\..*)");
  }
}
