package sim.crt310;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import sim.mechanics.Card;

/// The chip of a bank card that has power, as far as a terminal asks for its number: a directory,
/// one application, one record with what is on the stripe: protocol/pcsc-emv-pan.md. It talks T=0,
/// so a long answer is fetched, and a wrong length is told the right one.
final class SimChip {
  /// To a reset: T=0, and nothing else to say.
  static final byte[] ANSWER_TO_RESET = {0x3B, 0x00};

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String DIRECTORY = "315041592E5359532E4444463031";
  private static final String APPLICATION = "A0000000031010";
  private static final byte[] NOTHING = {};

  private enum Chosen {
    NONE,
    DIRECTORY,
    APPLICATION,
    BEGUN
  }

  private final byte[] track2;
  private Chosen chosen = Chosen.NONE;
  private byte[] ready = NOTHING;

  private SimChip(byte[] track2) {
    this.track2 = track2;
  }

  /// ISO/IEC 7813: a card whose service code begins with 2 or 6 has a chip.
  static Optional<SimChip> of(Card card) {
    String stripe =
        card.track2() == null ? "" : new String(card.track2(), StandardCharsets.US_ASCII);
    if (!stripe.matches("\\d+=\\d{4}[26]\\d*")) return Optional.empty();
    String digits = stripe.replace('=', 'D');
    return Optional.of(new SimChip(HEX.parseHex(digits.length() % 2 == 0 ? digits : digits + "F")));
  }

  /// With the status word.
  byte[] answer(byte[] command) {
    if (command.length < 5) return status(0x6700);
    String header = HEX.formatHex(command, 0, 4);
    int last = command[command.length - 1] & 0xFF;
    return switch (header) {
      case "00A40400" -> select(command);
      case "80A80000" -> begin();
      case "00C00000" -> fetched(last);
      default -> header.startsWith("00B2") ? record(header, last) : status(0x6D00);
    };
  }

  private byte[] select(byte[] command) {
    int end = 5 + (command[4] & 0xFF);
    if (end > command.length) return status(0x6700);
    String name = HEX.formatHex(command, 5, end);
    chosen =
        switch (name) {
          case DIRECTORY -> Chosen.DIRECTORY;
          case APPLICATION -> Chosen.APPLICATION;
          default -> Chosen.NONE;
        };
    return switch (chosen) {
      case DIRECTORY -> later(object("6F", object("84", name) + "A503880101"));
      case APPLICATION -> later(object("6F", object("84", name)));
      case NONE, BEGUN -> status(0x6A82);
    };
  }

  /// Once after each selection.
  private byte[] begin() {
    if (chosen != Chosen.APPLICATION) return status(0x6985);
    chosen = Chosen.BEGUN;
    return later("80061C0008010100");
  }

  /// File 1 has one record in the directory, and one in the application.
  private byte[] record(String header, int wanted) {
    if (!header.equals("00B2010C")) return status(0x6A83);
    return switch (chosen) {
      case DIRECTORY -> now(object("70", object("61", object("4F", APPLICATION))), wanted);
      case BEGUN -> now(object("70", object("57", HEX.formatHex(track2))), wanted);
      case NONE, APPLICATION -> status(0x6985);
    };
  }

  private byte[] later(String data) {
    ready = HEX.parseHex(data);
    return status(0x6100 | ready.length);
  }

  private byte[] fetched(int wanted) {
    if (wanted != ready.length) return status(0x6C00 | ready.length);
    byte[] data = ready;
    ready = NOTHING;
    return with(data, 0x9000);
  }

  private static byte[] now(String data, int wanted) {
    byte[] bytes = HEX.parseHex(data);
    return wanted == bytes.length ? with(bytes, 0x9000) : status(0x6C00 | bytes.length);
  }

  private static String object(String tag, String value) {
    return tag + "%02X".formatted(value.length() / 2) + value;
  }

  static byte[] status(int words) {
    return with(NOTHING, words);
  }

  private static byte[] with(byte[] data, int words) {
    byte[] answer = Arrays.copyOf(data, data.length + 2);
    answer[data.length] = (byte) (words >> 8);
    answer[data.length + 1] = (byte) words;
    return answer;
  }
}
