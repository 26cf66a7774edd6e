package atm.screen;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// The plural forms of a language and which of them a count takes: the cardinal rules of Unicode
/// CLDR 48 for whole numbers below a million (Spanish and French have one more form from there on).
enum Plural {
  /// English, German, Spanish.
  ONE_ALONE(List.of("one", "other"), n -> n == 1 ? "one" : "other"),
  /// French, Hindi.
  ZERO_LIKE_ONE(List.of("one", "other"), n -> n <= 1 ? "one" : "other"),
  ARABIC(
      List.of("zero", "one", "two", "few", "many", "other"),
      n ->
          switch (n) {
            case 0 -> "zero";
            case 1 -> "one";
            case 2 -> "two";
            default -> n % 100 >= 11 ? "many" : n % 100 >= 3 ? "few" : "other";
          });

  private final List<String> forms;
  private final IntFunction<String> rule;

  Plural(List<String> forms, IntFunction<String> rule) {
    this.forms = forms;
    this.rule = rule;
  }

  static Plural of(Locale locale) {
    return switch (locale.getLanguage()) {
      case "en", "de", "es" -> ONE_ALONE;
      case "fr", "hi" -> ZERO_LIKE_ONE;
      case "ar" -> ARABIC;
      default -> throw new IllegalArgumentException("no plural forms are known of " + locale);
    };
  }

  /// All of them: each counted text of the language needs each.
  List<String> forms() {
    return forms;
  }

  String form(int count) {
    return rule.apply(count);
  }
}
