package sim.xfs4iot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A message as it may be shown: what is a PIN block, a key, a track, a nonce or a token is gone,
/// and so is any text that merely looks like one. Stateless; any thread.
final class Mask {
  /// Members whose text is a secret whatever it looks like, in lower case.
  private static final Set<String> SECRET =
      Set.of(
          "authenticationdata",
          "chipdata",
          "commandnonce",
          "customerdata",
          "data",
          "keytoken",
          "keyvalue",
          "nonce",
          "pinblock",
          "randomnumber",
          "token",
          "value",
          "verificationdata",
          "xordata");

  // Card numbers; hexadecimal and base64 of 16 bytes and more. A word of XFS has no digits and no
  // padding in it; a sentence has spaces.
  private static final Pattern LOOKS_SECRET =
      Pattern.compile("\\p{XDigit}{32,}|\\d{12,}|(?=[A-Za-z]*[0-9+/=])[A-Za-z0-9+/]{22,}={0,2}");

  private Mask() {}

  static JsonObject of(JsonObject message) {
    JsonObject masked = new JsonObject();
    message.forEach(member -> masked.put(member.getKey(), of(member.getKey(), member.getValue())));
    return masked;
  }

  private static Object of(String name, Object value) {
    return switch (value) {
      case JsonObject object -> of(object);
      case JsonArray array -> {
        JsonArray masked = new JsonArray();
        array.forEach(item -> masked.add(of(name, item)));
        yield masked;
      }
      case String text when SECRET.contains(name.toLowerCase(Locale.ROOT)) -> hidden(text);
      case String text -> LOOKS_SECRET.matcher(text).replaceAll(found -> hidden(found.group()));
      case null -> null;
      default -> value;
    };
  }

  private static String hidden(String text) {
    return "•••• (" + text.length() + " characters)";
  }
}
