package atm.driver.zt598;

import java.util.regex.Pattern;

/// A reply: the return code and what comes with it. Prints the code alone.
record PadReply(int code, String data) {
  /// User data, scan table, settings, function, model, versions of hardware and software, date,
  /// serial number.
  static final int INFORMATION = 50 + 48 + 20 + 8 + 6 + 3 + 3 + 4 + 4;

  private static final int SETTINGS = 50 + 48;
  private static final int MODEL = SETTINGS + 20 + 8;
  private static final int SERIAL = MODEL + 6 + 3 + 3 + 4;

  /// What is to come with a code of success.
  enum Shape {
    NOTHING(""),
    /// How long a check value is, the sheet does not say; two bytes at the least, twelve at the
    /// most.
    CHECK_VALUE("([0-9A-Fa-f]{2}){2,12}"),
    INFORMATION("(?s).{" + PadReply.INFORMATION + "}"),
    /// Of a model whose information the sheet does not give.
    ANYTHING("(?s).*"),
    /// Track and length on a ZT588, something on a ZT598; then the block.
    PIN_BLOCK("(?s).{4}[0-9A-Fa-f]{16}");

    private final Pattern data;

    Shape(String data) {
      this.data = Pattern.compile(data);
    }

    boolean fits(PadReply reply) {
      return !reply.isGood() || data.matcher(reply.data).matches();
    }
  }

  static PadReply of(String text) {
    return new PadReply(text.charAt(0), text.substring(1));
  }

  boolean isGood() {
    return code >= 0x60 && code <= 0x9F || code == 0xA3;
  }

  /// Of information: whether the unit says that it has no keys; bit 0 of the first of the settings.
  boolean saysNoKeys() {
    int digit = Character.digit(data.charAt(SETTINGS + 1), 16);
    return digit >= 0 && (digit & 1) != 0;
  }

  /// Of information: model, versions of hardware and software, serial number.
  String identity() {
    return "%s, hardware %s, software %s, serial number %s"
        .formatted(
            data.substring(MODEL, MODEL + 6).strip(),
            data.substring(MODEL + 6, MODEL + 9).strip(),
            data.substring(MODEL + 9, MODEL + 12).strip(),
            data.substring(SERIAL, SERIAL + 4).strip());
  }

  /// Of a PIN block.
  String block() {
    return data.substring(4);
  }

  @Override
  public String toString() {
    return "return code %02X".formatted(code);
  }
}
