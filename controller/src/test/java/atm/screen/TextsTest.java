package atm.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.screen.Choice.Act;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Texts TEXTS = Texts.load(LanguagesTest.ALL);

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
  void oneTryIsNotSomeTries() {
    assertThat(body(new LoginScreen.Pin(0, Optional.of(1), List.of(), false)))
        .contains("You have one try left.");
    assertThat(body(new LoginScreen.Pin(0, Optional.of(2), List.of(), false)))
        .contains("You have 2 tries left.");
  }

  @Test
  void theIdleScreenGreetsInEveryLanguage() {
    assertThat(String.join("\n", body(new Screen.Idle(true, true, false, List.of()))))
        .contains("Bitte Karte einführen", "Introduzca su tarjeta", "يرجى إدخال البطاقة");
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

  private static boolean isUsedOutsideScreens(String key) {
    return key.matches(
        "(language\\.(name|locale|script|direction|list)|(key|speech|receipt|entry|unit)\\..*|.*\\.key\\..*"
            + "|(idle|menu)\\.no-.*|message\\.reference|.*\\.(line|uncleared|full)"
            + "|amount\\.zero|receipt-choice\\.language"
            + "|count-cash\\.(refused|kept)\\..*)");
  }
}
