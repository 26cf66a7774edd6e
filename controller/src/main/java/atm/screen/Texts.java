package atm.screen;

import atm.screen.ScreenModel.Entry;
import atm.screen.ScreenModel.Option;
import atm.value.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All words in all languages: makes of a `Screen` the model of one language, with what is to be
/// seen and what is to be heard. One catalogue a language, `text/<tag>.properties` in UTF-8; all
/// have the same keys. Beside them stand two pseudo-languages for designers (`Pseudo`). Immutable.
public final class Texts {
  private final Map<String, Language> languages;

  private Texts(Map<String, Language> languages) {
    this.languages = languages;
  }

  /// Whether there are words for a language.
  public static boolean has(String tag) {
    return Pseudo.isPseudo(tag) || Texts.class.getResource("/text/" + tag + ".properties") != null;
  }

  /// Reads the catalogues of the languages named; the first is the one of the idle screen.
  public static Texts load(List<String> tags) {
    if (tags.isEmpty()) throw new IllegalArgumentException("no language for the screen");
    Map<String, Language> languages = new LinkedHashMap<>();
    tags.forEach(tag -> languages.put(tag, new Language(tag, catalogue(tag))));
    return new Texts(languages);
  }

  private static Map<String, String> catalogue(String tag) {
    if (Pseudo.isPseudo(tag)) return Pseudo.catalogue(tag, catalogue("en"));
    String name = "/text/" + tag + ".properties";
    try (InputStream bytes = Texts.class.getResourceAsStream(name)) {
      if (bytes == null) throw new IllegalArgumentException("no words for language " + tag);
      Properties properties = new Properties();
      Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8);
      properties.load(reader);
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toUnmodifiableMap(key -> key, properties::getProperty));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }

  /// The tags of all languages, in the order in which they were named.
  public List<String> tags() {
    return List.copyOf(languages.keySet());
  }

  /// Without the pseudo-languages, which no customer speaks.
  Stream<String> realTags() {
    return languages.keySet().stream().filter(tag -> !Pseudo.isPseudo(tag));
  }

  public String firstTag() {
    return tags().getFirst();
  }

  public boolean speaks(String tag) {
    return languages.containsKey(tag);
  }

  Language language(String tag) {
    Language language = languages.get(tag);
    if (language == null) throw new IllegalArgumentException("no words for language " + tag);
    return language;
  }

  /// The language of a receipt for a customer who reads `tag`.
  Language onPaper(String tag) {
    return Stream.concat(Stream.of(language(tag)), languages.values().stream())
        .filter(Language::isLatin)
        .findFirst()
        .orElseGet(() -> new Language("en", catalogue("en")));
  }

  /// @param session names the visit; empty between customers
  /// @param remainingMs until the screen ends by itself, 0 where it does not
  public ScreenModel model(
      Screen screen, String tag, Aids aids, String session, long seq, long remainingMs) {
    Language language = language(tag);
    String title = language.say(screen.words() + ".title", screen.facts());
    List<String> body = body(screen, language);
    List<Option> options =
        screen.keys().stream().map(key -> option(key, screen, language)).toList();
    return new ScreenModel(
        seq,
        session,
        screen.name(),
        tag,
        language.direction(),
        title,
        screen instanceof Screen.Idle idle ? greeted(body, idle, language) : body,
        options,
        screen.entry().map(typed -> entry(typed, language)),
        remainingMs,
        speech(title, body, screen, options, language),
        screen.severity(),
        aids);
  }

  private static List<String> body(Screen screen, Language language) {
    List<String> body = new ArrayList<>();
    language
        .sayIfAny(screen.words() + ".body", screen.facts())
        .ifPresent(text -> text.lines().forEach(body::add));
    screen.lines().forEach(line -> say(line, screen, language).lines().forEach(body::add));
    return body;
  }

  /// Below what is said in the first language, one row with the greeting in every other: whoever
  /// comes to the idle machine has told it no language yet.
  private List<String> greeted(List<String> body, Screen.Idle idle, Language language) {
    String others =
        realTags()
            .map(languages::get)
            .filter(other -> other != language)
            .map(other -> other.say(idle.words() + ".title", Map.of()))
            .collect(Collectors.joining("\t"));
    return Stream.concat(body.stream(), Stream.of(others).filter(row -> !row.isEmpty())).toList();
  }

  private static String say(Screen.Line line, Screen screen, Language language) {
    Map<String, Object> facts = new HashMap<>(screen.facts());
    facts.putAll(line.facts());
    return language.say(line.key(), facts);
  }

  private Option option(Screen.Key key, Screen screen, Language language) {
    return new Option(key.fdk(), key.choice().id(), label(key, screen, language), key.enabled());
  }

  private String label(Screen.Key key, Screen screen, Language language) {
    return switch (key.choice()) {
      case Choice.Amount(Money money) -> language.money(money);
      case Choice.Language(String tag) -> language(tag).say("language.name", Map.of());
      case Choice.Account account ->
          language.say(
              "key.account." + Screen.Line.keyOf(account.kind().name()),
              Map.of("account", account.number()));
      case Choice.Turn turn -> language.say("key." + turn.id(), Map.of());
      case Choice.Act act -> label(act, key.enabled(), screen, language);
    };
  }

  /// A key that does nothing now may say why, at `.off`.
  private static String label(Choice.Act act, boolean enabled, Screen screen, Language language) {
    Optional<String> off =
        enabled ? Optional.empty() : language.sayIfAny("key." + act.id() + ".off", Map.of());
    return off.or(
            () ->
                Stream.of(screen.words() + ".key.", screen.name() + ".key.", "key.")
                    .flatMap(place -> language.sayIfAny(place + act.id(), Map.of()).stream())
                    .findFirst())
        .orElseGet(() -> language.say("key." + act.id(), Map.of()));
  }

  private static Entry entry(Screen.Entry typed, Language language) {
    return switch (typed) {
      case Screen.Entry.Pin(int count) -> new Entry.Pin(count);
      case Screen.Entry.Amount(Optional<Money> money) ->
          new Entry.Amount(money.map(language::money).orElse(""));
      case Screen.Entry.Account(String digits) -> new Entry.Account(language.grouped(digits));
    };
  }

  /// What a headphone says: the words, then each key that does something.
  private static String speech(
      String title, List<String> body, Screen screen, List<Option> options, Language language) {
    List<String> sentences = new ArrayList<>();
    sentences.add(sentence(title));
    Optional<String> instead = language.sayIfAny(screen.words() + ".speech", screen.facts());
    if (instead.isPresent()) sentences.add(instead.get());
    else body.forEach(line -> sentences.add(sentence(line)));
    options.stream()
        .filter(Option::enabled)
        .map(o -> Map.<String, Object>of("label", o.label(), "fdk", String.valueOf(o.fdk())))
        .forEach(facts -> sentences.add(language.say("speech.key", facts)));
    return String.join(" ", sentences);
  }

  private static String sentence(String line) {
    String words = line.replace("\t", ", ");
    return words.matches(".*[.!?:।؟]") ? words : words + ".";
  }
}
