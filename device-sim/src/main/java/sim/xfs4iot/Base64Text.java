package sim.xfs4iot;

/// Tells base64 with padding (RFC 4648 section 4) from other text, in one pass. Any thread.
final class Base64Text {
  private Base64Text() {}

  static boolean is(String text) {
    int length = text.length();
    if (length == 0 || length % 4 != 0) return false;
    int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    for (int i = 0; i < length - padding; i++) {
      char c = text.charAt(i);
      boolean digit =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || c == '+'
              || c == '/';
      if (!digit) return false;
    }
    return true;
  }
}
