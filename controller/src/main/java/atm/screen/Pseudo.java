package atm.screen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Languages that nobody speaks, made from the English catalogue, to see what a layout does to
/// words before they are translated: `en-XA` is accented, a third longer and in brackets, so that
/// text that is cut off or not in a catalogue stands out; `ar-XB` runs from right to left.
final class Pseudo {
  static final String ACCENTED = "en-XA";
  static final String MIRRORED = "ar-XB";
  static final List<String> TAGS = List.of(ACCENTED, MIRRORED);

  /// What must stay as it is: the places of facts, and the parting of lines and cells.
  private static final Pattern KEPT = Pattern.compile("\\{[a-z]+}|[\\n\\t]");

  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final String PLAIN = "AEIOUYCNSZaeiouycnsz";
  private static final String ACCENTS = "ÅÉÎÖÛÝÇÑŠŽåéîöûýçñšž";

  // RIGHT-TO-LEFT OVERRIDE and its end, UAX #9.
  private static final String OVERRIDE = "\u202e";
  private static final String END = "\u202c";

  private Pseudo() {}

  static boolean isPseudo(String tag) {
    return TAGS.contains(tag);
  }

  static Map<String, String> catalogue(String tag, Map<String, String> english) {
    boolean accented = tag.equals(ACCENTED);
    Map<String, String> catalogue = new HashMap<>();
    english.forEach(
        (key, words) ->
            catalogue.put(
                key, accented ? bracketed(key, words) : outsideKept(words, Pseudo::mirrored)));
    english.keySet().stream()
        .filter(key -> key.startsWith("language.") && !key.equals("language.title"))
        .forEach(key -> catalogue.put(key, english.get(key)));
    catalogue.put("language.name", tag);
    if (!accented) catalogue.put("language.direction", "rtl");
    return Map.copyOf(catalogue);
  }

  private static String bracketed(String key, String words) {
    String longer = outsideKept(words, Pseudo::accented);
    return key.endsWith(".line") ? longer : "[" + longer + "]";
  }

  /// Each vowel twice makes English about a third longer.
  private static String accented(String words) {
    StringBuilder text = new StringBuilder();
    for (char plain : words.replaceAll("([aeiouAEIOU])", "$1$1").toCharArray()) {
      int place = PLAIN.indexOf(plain);
      text.append(place < 0 ? plain : ACCENTS.charAt(place));
    }
    return text.toString();
  }

  private static String mirrored(String words) {
    return WORD.matcher(words).replaceAll(word -> OVERRIDE + word.group() + END);
  }

  private static String outsideKept(String words, UnaryOperator<String> change) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (var kept = KEPT.matcher(words); ; ) {
      boolean found = kept.find();
      text.append(change.apply(words.substring(from, found ? kept.start() : words.length())));
      if (!found) return text.toString();
      text.append(kept.group());
      from = kept.end();
    }
  }
}
