package atm.driver.xfs4iot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;

/// Reads a JSON object in which every fraction stays the decimal that was written: amounts of
/// money come as JSON numbers, and the usual reader would make doubles of them.
final class ExactJson {
  /// The deepest message of the protocol nests some ten levels.
  private static final int DEPTH_MAX = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Of two values of one name, nobody knows which the sender meant.
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(32)
                  .build())
          .build();

  private ExactJson() {}

  /// Throws `IllegalArgumentException` with a sentence for anything but one JSON object.
  static JsonObject object(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      JsonObject object = object(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
      return object;
    } catch (JsonParseException broken) {
      throw new IllegalArgumentException(
          "broken JSON at character " + broken.getLocation().getCharOffset(), broken);
    } catch (IOException broken) {
      throw new IllegalArgumentException("JSON out of bounds: " + broken.getMessage(), broken);
    }
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    JsonObject object = new JsonObject();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      // A property that is null says as much as one that is absent (§2).
      if (value != null) object.put(name, value);
    }
    return object;
  }

  private static JsonArray array(JsonParser parser) throws IOException {
    JsonArray array = new JsonArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) array.add(value(parser));
    return array;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser.getDecimalValue());
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /// An `Integer` where it fits, which is what readers of counts expect.
  private static Number integer(BigDecimal exact) {
    try {
      return exact.intValueExact();
    } catch (ArithmeticException big) {
      return exact;
    }
  }
}
