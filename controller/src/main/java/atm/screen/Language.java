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

/// One catalogue with its way to write money, dates and plurals. Digits are Latin in every
/// language, because those on the keypad are: a customer compares what is typed with what is shown.
final class Language {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");

  // UAX #9: what stands between an isolate and its end takes no part in the order around it.
  private static final String LEFT_TO_RIGHT = "\u2066";
  private static final String AS_IT_BEGINS = "\u2068";
  private static final String END_ISOLATE = "\u2069";

  /// Marks that locale data puts around amounts; an isolate says it better.
  private static final Pattern MARKS = Pattern.compile("[\u200e\u200f\u061c]");

  /// Before each two digits that stand before the last three of a whole number: CLDR groups Hindi
  /// as `#,##,##0`, and `DecimalFormat` knows one size of group alone.
  private static final Pattern LAKHS = Pattern.compile("(\\d)(?=(\\d\\d)*\\d{3}(?!\\d))");

  private final String tag;
  private final Map<String, String> catalogue;
  private final Locale locale;
  private final Plural plural;
  private final boolean rightToLeft;
  private final boolean groupsByLakhs;

  Language(String tag, Map<String, String> catalogue) {
    this.tag = tag;
    this.catalogue = catalogue;
    this.locale = Locale.forLanguageTag(find("language.locale").orElse(tag));
    this.plural = Plural.of(locale);
    this.rightToLeft = direction().equals("rtl");
    this.groupsByLakhs = locale.getLanguage().equals("hi");
  }

  String direction() {
    return say("language.direction", Map.of());
  }

  /// Whether it is written in Latin letters.
  boolean isLatin() {
    return say("language.script", Map.of()).equals("Latn");
  }

  Plural plural() {
    return plural;
  }

  Map<String, String> catalogue() {
    return catalogue;
  }

  /// The words at `key` with each `{fact}` filled in. Where the facts hold a `count`, the words may
  /// stand at the key's plural forms instead.
  String say(String key, Map<String, Object> facts) {
    return sayIfAny(key, facts)
        .orElseThrow(
            () -> new MissingResourceException("no words in " + tag + " for " + key, tag, key));
  }

  Optional<String> sayIfAny(String key, Map<String, Object> facts) {
    Optional<String> counted =
        facts.get("count") instanceof Integer count
            ? find(key + "." + plural.form(count))
            : Optional.empty();
    return counted.or(() -> find(key)).map(words -> fill(words, key, facts));
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
      case Screen.Seconds(int count) -> say("unit.seconds", Map.of("count", count));
      case Screen.Notes notes -> notes(notes);
      case AccountNumber account -> leftToRight(account.digits().substring(6));
      case LocalDate day -> day(day);
      case AccountScreen.Signed(Money amount, boolean credit) ->
          leftToRight((credit ? "+" : "−") + amount(amount));
      case AccountScreen.What what -> what(what);
      case Stan stan -> leftToRight(stan.toString());
      case String text -> {
        // An initial's full stop ends neither line nor sentence.
        String whole = text.replace(". ", ".\u00a0");
        yield rightToLeft ? AS_IT_BEGINS + whole + END_ISOLATE : whole;
      }
      default -> throw new IllegalArgumentException("cannot write a " + fact.getClass());
    };
  }

  private String notes(Screen.Notes notes) {
    return notes.byNote().entrySet().stream()
        .map(e -> leftToRight((e.getValue() == 0 ? "" : e.getValue() + " × ") + amount(e.getKey())))
        .collect(Collectors.joining(say("language.list", Map.of())));
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

  /// Day and month, as short as the language writes them, and never on two lines.
  String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedPattern("MMMd")
        .withLocale(locale)
        .format(day)
        .replace(' ', '\u00a0');
  }

  /// For a screen: with the currency's sign, and with decimals only where there are any.
  String money(Money money) {
    return leftToRight(amount(money));
  }

  private String amount(Money money) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(money.currency());
    boolean whole = majorUnits(money).stripTrailingZeros().scale() <= 0;
    int decimals = whole ? 0 : money.currency().getDefaultFractionDigits();
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    format.setGroupingUsed(!groupsByLakhs);
    String written = MARKS.matcher(format.format(majorUnits(money))).replaceAll("");
    return groupsByLakhs ? LAKHS.matcher(written).replaceAll("$1,") : written;
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

  private String leftToRight(String text) {
    return rightToLeft ? LEFT_TO_RIGHT + text + END_ISOLATE : text;
  }

  /// Only to be written; sums are made in minor units.
  private static BigDecimal majorUnits(Money money) {
    return BigDecimal.valueOf(money.minor(), money.currency().getDefaultFractionDigits());
  }
}
