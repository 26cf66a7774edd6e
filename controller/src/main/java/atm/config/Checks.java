package atm.config;

import java.util.function.Function;

/// Readers of one value of the file, which say what they wanted instead of a wrong one.
final class Checks {
  private Checks() {}

  static Function<String, String> word() {
    return matching("[a-z0-9-]{1,32}", "a word in small letters");
  }

  static Function<String, String> matching(String pattern, String wanted) {
    return text -> {
      if (!text.matches(pattern)) {
        throw new IllegalArgumentException("\"" + text + "\", wanted " + wanted);
      }
      return text;
    };
  }

  static Function<String, String> text(int most) {
    return text -> {
      if (text.isBlank() || text.length() > most) {
        throw new IllegalArgumentException("wanted 1 to " + most + " characters");
      }
      return text;
    };
  }

  static Function<String, Integer> whole(int least, int most) {
    return text -> {
      if (!text.matches("-?\\d{1,9}")
          || Integer.parseInt(text) < least
          || Integer.parseInt(text) > most) {
        throw new IllegalArgumentException(
            "\"" + text + "\", wanted a whole number from " + least + " to " + most);
      }
      return Integer.parseInt(text);
    };
  }
}
