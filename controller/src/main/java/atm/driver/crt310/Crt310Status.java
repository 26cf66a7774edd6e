package atm.driver.crt310;

import atm.device.CardReader.Media;

/// Where the card is: the first byte of the answer to 31 30.
enum Crt310Status {
  TOO_LONG(0x46, Media.JAMMED),
  TOO_SHORT(0x47, Media.JAMMED),
  AT_FRONT(0x48, Media.AT_EXIT),
  HELD_AT_FRONT(0x49, Media.AT_EXIT),
  INSIDE(0x4A, Media.INSIDE),
  IN_CONTACT(0x4B, Media.INSIDE),
  HELD_AT_REAR(0x4C, Media.INSIDE),
  CAPTURED(0x4D, Media.NONE),
  NO_CARD(0x4E, Media.NONE),
  UNKNOWN(0, Media.UNKNOWN);

  private final int code;
  private final Media media;

  Crt310Status(int code, Media media) {
    this.code = code;
    this.media = media;
  }

  static Crt310Status of(byte code) {
    for (Crt310Status status : values()) {
      if (status.code == (code & 0xFF)) return status;
    }
    return UNKNOWN;
  }

  Media media() {
    return media;
  }

  String words() {
    return switch (this) {
      case TOO_LONG -> "a card sticks, or is too long";
      case TOO_SHORT -> "a card sticks, or is too short";
      case UNKNOWN -> "a position that the sheet does not know";
      default -> "card: " + name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    };
  }
}
