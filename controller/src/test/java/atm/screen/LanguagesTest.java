package atm.screen;

import static org.assertj.core.api.Assertions.assertThat;

import atm.value.AccountNumber;
import atm.value.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What all catalogues have in common, and what each language does in its own way.
class LanguagesTest {
  static final List<String> ALL = List.of("en", "de", "es", "fr", "hi", "ar");
  private static final List<String> PSEUDO = List.of(Pseudo.ACCENTED, Pseudo.MIRRORED);
  private static final Texts TEXTS = Texts.load(with(ALL, PSEUDO));

  private static final Pattern FORM = Pattern.compile("\\.(zero|one|two|few|many|other)$");

  /// Characters that fit on a display of 7 inches: words in Arabic are written shorter, and Hindi
  /// stacks its vowels.
  private record Limits(int title, int label, int line) {}

  private static final Map<String, Limits> LIMITS =
      Map.of(
          "Latn", new Limits(38, 26, 105),
          "Deva", new Limits(36, 24, 90),
          "Arab", new Limits(34, 24, 85));

  @Test
  void allLanguagesHaveTheSameKeys() {
    for (String tag : TEXTS.tags()) {
      assertThat(keys(tag)).as(tag).isEqualTo(keys("en"));
    }
  }

  @Test
  void whatIsCountedHasEveryPluralFormOfTheLanguage() {
    Set<String> counted =
        TEXTS.language("en").catalogue().keySet().stream()
            .filter(key -> key.endsWith(".one"))
            .map(LanguagesTest::withoutForm)
            .collect(Collectors.toSet());
    assertThat(counted).hasSizeGreaterThan(5);

    for (String tag : TEXTS.tags()) {
      Language language = TEXTS.language(tag);
      for (String key : counted) {
        assertThat(formsOf(key, language))
            .as(key + " in " + tag)
            .isEqualTo(new TreeSet<>(language.plural().forms()));
      }
    }
  }

  /// Samples of the Unicode CLDR's table of plural rules, cardinal.
  @Test
  void countsTakeTheFormsOfTheCldr() {
    assertThat(forms("en", 0, 1, 2, 11)).containsExactly("other", "one", "other", "other");
    assertThat(forms("fr", 0, 1, 2)).containsExactly("one", "one", "other");
    assertThat(forms("hi", 0, 1, 2)).containsExactly("one", "one", "other");
    assertThat(forms("ar", 0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 200))
        .containsExactly(
            "zero", "one", "two", "few", "few", "many", "many", "other", "other", "few", "many",
            "other");
  }

  @Test
  void allLanguagesSpeakOfTheSameFacts() {
    Map<String, String> english = TEXTS.language("en").catalogue();
    for (String tag : TEXTS.tags()) {
      TEXTS
          .language(tag)
          .catalogue()
          .forEach(
              (key, words) -> {
                if (key.endsWith(".zero")) return; // of nothing there may be nothing more to say
                String same = english.getOrDefault(key, english.get(withoutForm(key) + ".other"));
                assertThat(facts(words)).as(key + " in " + tag).isEqualTo(facts(same));
              });
    }
  }

  @Test
  void nothingIsTooLong() {
    List<String> tooLong = new ArrayList<>();
    for (ScreenModel model : new Gallery(Texts.load(ALL)).all()) {
      Limits limits = limits(model.lang());
      check(model.title(), limits.title, "title", model, tooLong);
      for (ScreenModel.Option option : model.options()) {
        // A language is written its own way on every screen.
        if (!option.id().startsWith("language-")) {
          check(option.label(), limits.label, "label", model, tooLong);
        }
      }
      if (model.screen().equals("idle")) continue; // its last line is in all the other languages
      for (String line : model.body()) check(line, limits.line, "line", model, tooLong);
    }
    assertThat(tooLong).isEmpty();
  }

  private static void check(
      String text, int most, String kind, ScreenModel model, List<String> tooLong) {
    int length = text.replaceAll("[\u2066-\u2069]", "").length();
    if (length > most) {
      tooLong.add(
          "%s of %s in %s has %d characters, not %d: %s"
              .formatted(kind, model.screen(), model.lang(), length, most, text));
    }
  }

  @Test
  void newsIsToldInTwentyWords() {
    for (ScreenModel model : new Gallery(Texts.load(ALL)).all()) {
      if (model.body().stream().anyMatch(line -> line.contains("\t"))) continue;
      if (model.screen().equals("take-card") || model.screen().equals("idle")) continue;
      List<String> words =
          model.body().stream()
              .filter(line -> !line.contains("001043"))
              .flatMap(line -> List.of(line.trim().split("\\s+")).stream())
              .toList();
      assertThat(words).as(model.lang() + " " + model.body()).hasSizeLessThanOrEqualTo(20);
    }
    for (String tag : ALL) {
      for (Notice notice : Notice.values()) {
        String body = TEXTS.language(tag).say("message." + notice.key() + ".body", Map.of());
        assertThat(body.split("\\s+")).as(tag + " " + notice).hasSizeLessThanOrEqualTo(20);
      }
    }
  }

  @Test
  void moneyAndDatesAreWrittenAsTheLanguageDoesWithTheDigitsOfTheKeypad() {
    assertThat(money("en", "1234.50 EUR")).isEqualTo("€1,234.50");
    assertThat(money("en", "1234 EUR")).isEqualTo("€1,234");
    assertThat(money("de", "1234 EUR")).isEqualTo("1.234\u00a0€");
    assertThat(money("es", "12345 EUR")).isEqualTo("12.345\u00a0€");
    assertThat(money("fr", "1234.50 EUR")).isEqualTo("1\u202f234,50\u00a0€");
    assertThat(money("hi", "1234.50 EUR")).isEqualTo("€1,234.50");
    assertThat(Stream.of("7", "999", "1000", "99999", "100000", "1234567", "1234567890"))
        .extracting(amount -> money("hi", amount + " EUR"))
        .containsExactly(
            "€7", "€999", "€1,000", "€99,999", "€1,00,000", "€12,34,567", "€1,23,45,67,890");
    assertThat(money("hi", "1234567.89 EUR")).isEqualTo("€12,34,567.89");
    assertThat(money("en", "1234567 EUR")).isEqualTo("€1,234,567");
    assertThat(money("ar", "1234.50 EUR")).isEqualTo("\u20661,234.50\u00a0€\u2069");
    assertThat(TEXTS.language("de").moneyOnPaper(Money.parse("60 EUR"))).isEqualTo("60,00 EUR");

    LocalDate day = LocalDate.of(2026, 11, 22);
    assertThat(ALL.stream().map(tag -> TEXTS.language(tag).day(day)))
        .containsExactly(
            "22\u00a0Nov",
            "22.\u00a0Nov.",
            "22\u00a0nov",
            "22\u00a0nov.",
            "22\u00a0नव॰",
            "22\u00a0نوفمبر");
  }

  @Test
  void noScreenHasOtherDigitsThanTheKeypad() {
    assertThat(new Gallery(TEXTS).all())
        .allSatisfy(
            model ->
                assertThat(model.title() + model.body() + model.options() + model.speech())
                    .doesNotContainPattern("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]"));
  }

  /// UAX #9: without isolates "2 × 50 €" would be shown as "€ 50 × 2" amid Arabic.
  @Test
  void factsKeepTheirOrderAmidWordsFromRightToLeft() {
    Screen confirm =
        new WithdrawalScreen.Confirm(
            Money.parse("60 EUR"),
            new Screen.Notes(
                new TreeMap<>(Map.of(Money.parse("50 EUR"), 1, Money.parse("10 EUR"), 1))));
    Screen payee = new TransferScreen.PayeeConfirm("B. V…", new AccountNumber("1000000016"));

    assertThat(model(confirm, "ar").title()).isEqualTo("سحب \u206660\u00a0€\u2069؟");
    assertThat(model(confirm, "ar").body())
        .containsExactly("ستحصل على \u20661 × 10\u00a0€\u2069، \u20661 × 50\u00a0€\u2069.");
    assertThat(model(payee, "ar").title()).contains("\u2068B.\u00a0V…\u2069");
    assertThat(model(payee, "ar").body()).containsExactly("حساب ينتهي بالأرقام \u20660016\u2069");
    assertThat(model(payee, "en").title()).isEqualTo("Transfer to B.\u00a0V…?");
  }

  @Test
  void everyIsolateEnds() {
    for (ScreenModel model : new Gallery(TEXTS).all()) {
      List<String> texts = new ArrayList<>(model.body());
      texts.add(model.title());
      texts.add(model.speech());
      model.options().forEach(option -> texts.add(option.label()));
      for (String text : texts) {
        assertThat(text.replaceAll("[^\u2066-\u2068]", ""))
            .as(text)
            .hasSameSizeAs(text.replaceAll("[^\u2069]", ""));
      }
    }
  }

  @Test
  void theKeysStandAtTheSamePlaceInEveryDirection() {
    ScreenModel english = model(new Screen.ReceiptChoice(Optional.empty()), "en");
    ScreenModel arabic = model(new Screen.ReceiptChoice(Optional.empty()), "ar");

    assertThat(arabic.dir()).isEqualTo("rtl");
    assertThat(arabic.options())
        .extracting(ScreenModel.Option::fdk, ScreenModel.Option::id)
        .isEqualTo(
            english.options().stream()
                .map(option -> org.assertj.core.groups.Tuple.tuple(option.fdk(), option.id()))
                .toList());
  }

  @Test
  void oneTwoAndSomeAreDifferentInArabic() {
    assertThat(tries(1).body().getFirst()).isEqualTo("تبقت لديك محاولة واحدة.");
    assertThat(tries(2).body().getFirst()).isEqualTo("تبقت لديك محاولتان.");
    assertThat(tries(3).body().getFirst()).isEqualTo("تبقت لديك 3 محاولات.");
    assertThat(tries(11).body().getFirst()).isEqualTo("تبقت لديك 11 محاولة.");
  }

  @Test
  void theAccentedPseudoLanguageIsLongerAndLeavesFactsAlone() {
    ScreenModel english =
        model(new Screen.MoreTime(Screen.MoreTime.Otherwise.VISIT_ENDS, 20), "en");
    ScreenModel accented =
        model(new Screen.MoreTime(Screen.MoreTime.Otherwise.VISIT_ENDS, 20), Pseudo.ACCENTED);

    assertThat(accented.title()).startsWith("[").endsWith("]").contains("tîîméé");
    assertThat(accented.body().getFirst()).contains("20");
    assertThat((double) accented.title().length() / english.title().length()).isBetween(1.25, 1.55);
  }

  @Test
  void theMirroredPseudoLanguageRunsFromRightToLeft() {
    ScreenModel mirrored =
        model(new Screen.MoreTime(Screen.MoreTime.Otherwise.VISIT_ENDS, 20), Pseudo.MIRRORED);

    assertThat(mirrored.dir()).isEqualTo("rtl");
    assertThat(mirrored.title()).contains("\u202etime\u202c");
  }

  private static ScreenModel tries(int left) {
    return model(new LoginScreen.Pin(0, Optional.of(left), List.of(), false), "ar");
  }

  private static ScreenModel model(Screen screen, String tag) {
    return TEXTS.model(screen, tag, Aids.NONE, "", 1, 0);
  }

  private static String money(String tag, String money) {
    return TEXTS.language(tag).money(Money.parse(money));
  }

  private static List<String> forms(String tag, int... counts) {
    Plural plural = TEXTS.language(tag).plural();
    return java.util.Arrays.stream(counts).mapToObj(plural::form).toList();
  }

  private static Set<String> formsOf(String key, Language language) {
    return language.catalogue().keySet().stream()
        .filter(k -> FORM.matcher(k).find() && withoutForm(k).equals(key))
        .map(k -> k.substring(key.length() + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> keys(String tag) {
    return TEXTS.language(tag).catalogue().keySet().stream()
        .map(LanguagesTest::withoutForm)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String withoutForm(String key) {
    return FORM.matcher(key).replaceFirst("");
  }

  private static Limits limits(String tag) {
    return LIMITS.get(TEXTS.language(tag).catalogue().get("language.script"));
  }

  private static Set<String> facts(String words) {
    return Pattern.compile("\\{[a-z]+}")
        .matcher(words)
        .results()
        .map(MatchResult::group)
        .filter(fact -> !fact.equals("{count}")) // "one" may be a word
        .collect(Collectors.toSet());
  }

  private static List<String> with(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
