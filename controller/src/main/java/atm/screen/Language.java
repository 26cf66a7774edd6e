package atm.screen;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One catalogue with its way to write money, dates and plurals.
final class Language {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");

  private final String tag;
  private final Map<String, String> catalogue;
  private final Locale locale;

  Language(String tag, Map<String, String> catalogue) {
    this.tag = tag;
    this.catalogue = catalogue;
    this.locale = Locale.forLanguageTag(find("language.locale").orElse(tag));
  }

  String direction() {
    return say("language.direction", Map.of());
  }

  /// Whether it is written in Latin letters.
  boolean isLatin() {
    return say("language.script", Map.of()).equals("Latn");
  }

  Map<String, String> catalogue() {
    return catalogue;
  }

  /// The words at `key` with each `{fact}` filled in. Where the facts hold a `count`, a key may
  /// stand twice: `key.one` and `key.other`.
  String say(String key, Map<String, Object> facts) {
    return sayIfAny(key, facts)
        .orElseThrow(
            () -> new MissingResourceException("no words in " + tag + " for " + key, tag, key));
  }

  Optional<String> sayIfAny(String key, Map<String, Object> facts) {
    Optional<String> plural =
        facts.get("count") instanceof Integer count
            ? find(key + (count == 1 ? ".one" : ".other"))
            : Optional.empty();
    return plural.or(() -> find(key)).map(words -> fill(words, key, facts));
  }

  private Optional<String> find(String key) {
    return Optional.ofNullable(catalogue.get(key));
  }

  private String fill(String words, String key, Map<String, Object> facts) {
    return PLACE
        .matcher(words)
        .replaceAll(
            place -> {
              Object fact = facts.get(place.group(1));
              if (fact == null) {
                throw new IllegalArgumentException(
                    key + " in " + tag + " speaks of {" + place.group(1) + "}, which is not given");
              }
              return Matcher.quoteReplacement(written(fact));
            });
  }

  private String written(Object fact) {
    return switch (fact) {
      case Money money -> money(money);
      case Integer number -> NumberFormat.getIntegerInstance(locale).format(number);
      case Screen.Notes(var byNote) ->
          byNote.entrySet().stream()
              .map(e -> (e.getValue() == 0 ? "" : e.getValue() + " × ") + money(e.getKey()))
              .collect(Collectors.joining(", "));
      case AccountNumber account -> account.digits().substring(6);
      case LocalDate day -> day(day);
      case AccountScreen.Signed(Money amount, boolean credit) ->
          (credit ? "+" : "−") + money(amount);
      case AccountScreen.What what -> what(what);
      case Stan stan -> stan.toString();
      case String text -> text;
      default -> throw new IllegalArgumentException("cannot write a " + fact.getClass());
    };
  }

  String what(AccountScreen.What what) {
    String key = "entry." + Screen.Line.keyOf(what.kind().name());
    String words =
        what.counterpart()
            .flatMap(other -> sayIfAny(key + ".named", Map.of("counterpart", other)))
            .orElseGet(() -> say(key, Map.of()));
    return what.pending() ? say("entry.pending", Map.of("entry", words)) : words;
  }

  /// An account number as it is typed: in groups that are read at a glance.
  String grouped(String digits) {
    return digits.replaceAll("(?<=\\G\\d{4})(?=\\d)", "\u00a0");
  }

  /// Day and month, as short as the language writes them.
  String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale).format(day);
  }

  /// For a screen: with the currency's sign, and with decimals only where there are any.
  String money(Money money) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(money.currency());
    boolean whole = majorUnits(money).stripTrailingZeros().scale() <= 0;
    int decimals = whole ? 0 : money.currency().getDefaultFractionDigits();
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(majorUnits(money));
  }

  /// For a receipt: always with decimals, and the currency's code, since a printer may know no
  /// sign.
  String moneyOnPaper(Money money) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    int decimals = money.currency().getDefaultFractionDigits();
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(majorUnits(money)) + " " + money.currency().getCurrencyCode();
  }

  String dateAndTime(LocalDateTime when) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale)
        .format(when);
  }

  /// Only to be written; sums are made in minor units.
  private static BigDecimal majorUnits(Money money) {
    return BigDecimal.valueOf(money.minor(), money.currency().getDefaultFractionDigits());
  }
}
