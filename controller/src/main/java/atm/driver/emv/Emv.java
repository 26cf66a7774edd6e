package atm.driver.emv;

import atm.value.Pan;
import atm.value.Track2;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Asks a chip for the number on it, as a terminal does at the beginning of an EMV transaction:
/// choose an application, begin, read its records. What follows in a payment is not done; nothing
/// here proves that the chip is genuine. Blocks.
public final class Emv {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /// What an application without a directory is looked for by; the order is the sheet's.
  private static final List<String> KNOWN =
      List.of(
          "A0000000031010",
          "A0000000032010",
          "A0000000041010",
          "A0000000043060",
          "A00000002501",
          "A0000000651010",
          "A000000333010101");

  private static final byte[] CONTACT =
      "1PAY.SYS.DDF01".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] CONTACTLESS =
      "2PAY.SYS.DDF01".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /// Cards have two or three applications, and a dozen records; more is a card that plays with us.
  private static final int APPLICATIONS_MAX = 16;

  private static final int RECORDS_MAX = 64;
  private static final int NAME_MIN = 5;
  private static final int NAME_MAX = 16;

  private static final int NAME = 0x4F;
  private static final int DIRECTORY_FILE = 0x88;
  private static final int WANTED_DATA = 0x9F38;
  private static final int FORMAT_1 = 0x80;
  private static final int FILE_LOCATOR = 0x94;
  private static final int TRACK_2 = 0x57;
  private static final int NUMBER = 0x5A;
  private static final int EXPIRES = 0x5F24;

  private final Chip chip;
  private final Clock clock;
  private final SecureRandom random;

  public Emv(Chip chip, Clock clock, SecureRandom random) {
    this.chip = chip;
    this.clock = clock;
    this.random = random;
  }

  /// Number, expiry and service code. A `BadCard` where the chip answers, but nothing of use; a
  /// `SilentChip` where it does not.
  public Track2 read() throws IOException {
    BadCard last = new BadCard("the chip has no application that is known here");
    for (byte[] name : applications()) {
      try {
        Optional<Track2> found = number(name);
        if (found.isPresent()) return found.get();
      } catch (BadCard useless) {
        last = useless;
      }
    }
    throw last;
  }

  // Which applications there are.

  private List<byte[]> applications() throws IOException {
    List<byte[]> names = new ArrayList<>();
    for (byte[] environment : List.of(CONTACT, CONTACTLESS)) {
      Chip.Answer answer = chip.select(environment);
      if (answer.status() == Chip.CARD_BLOCKED) throw new BadCard("the card is blocked");
      if (answer.isGood()) listed(answer, names);
      if (!names.isEmpty()) return names;
    }
    KNOWN.forEach(name -> names.add(HEX.parseHex(name)));
    return names;
  }

  /// A directory that makes no sense is none.
  private void listed(Chip.Answer environment, List<byte[]> names) throws IOException {
    try {
      List<Tlv> selected = Tlv.parse(environment.data());
      add(Tlv.all(selected, NAME), names);
      Optional<byte[]> file = Tlv.find(selected, DIRECTORY_FILE);
      if (file.isEmpty() || file.get().length != 1) return;
      for (int record = 1; names.size() < APPLICATIONS_MAX && record < RECORDS_MAX; record++) {
        Chip.Answer answer = chip.record(file.get()[0] & 0x1F, record);
        if (!answer.isGood()) return;
        add(Tlv.all(Tlv.parse(answer.data()), NAME), names);
      }
    } catch (BadCard _) {
      // What was found before it counts.
    }
  }

  private static void add(List<byte[]> found, List<byte[]> names) {
    for (byte[] name : found) {
      boolean fits = name.length >= NAME_MIN && name.length <= NAME_MAX;
      if (fits && names.size() < APPLICATIONS_MAX) names.add(name);
    }
  }

  // One application.

  /// Empty where the card does not have it.
  private Optional<Track2> number(byte[] name) throws IOException {
    Chip.Answer selected = chip.select(name);
    if (selected.status() == Chip.CARD_BLOCKED) throw new BadCard("the card is blocked");
    if (selected.status() == 0x6283) throw new BadCard("the application is blocked");
    if (!selected.isGood()) return Optional.empty();
    Optional<byte[]> wanted = Tlv.find(Tlv.parse(selected.data()), WANTED_DATA);
    Chip.Answer begun =
        chip.processingOptions(wanted.isPresent() ? terminalData(wanted.get()) : new byte[0]);
    if (!begun.isGood()) throw new BadCard("the application does not begin: " + begun);
    List<Tlv> options = Tlv.parse(begun.data());
    // Some contactless cards tell it here, and have no records.
    Optional<byte[]> track2 = Tlv.find(options, TRACK_2);
    return Optional.of(track2.isPresent() ? track2(track2.get()) : recorded(locator(options)));
  }

  /// As many bytes as the card wants of each object; of most, zeroes.
  private byte[] terminalData(byte[] wanted) throws BadCard {
    Buffer data = Buffer.buffer();
    for (int at = 0; at < wanted.length; at++) {
      int end = Tlv.tagEnd(wanted, at);
      if (end == wanted.length) throw new BadCard("a list of wanted data that is cut off");
      int length = wanted[end] & 0xFF;
      byte[] known =
          switch (Tlv.number(wanted, at, end)) {
            case 0x9F66 -> HEX.parseHex("36000000");
            case 0x9A ->
                HEX.parseHex(LocalDate.now(clock).format(DateTimeFormatter.ofPattern("yyMMdd")));
            case 0x9F37 -> randomBytes(length);
            default -> new byte[0];
          };
      data.appendBytes(Arrays.copyOf(known, length));
      at = end;
    }
    // One byte of length in the command, and tag and length of the list itself.
    if (data.length() > 253) throw new BadCard("it wants " + data.length() + " bytes of data");
    return data.getBytes();
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] locator(List<Tlv> options) throws BadCard {
    Optional<byte[]> plain = Tlv.find(options, FORMAT_1);
    if (plain.isPresent() && plain.get().length >= 2) {
      return Arrays.copyOfRange(plain.get(), 2, plain.get().length);
    }
    return Tlv.find(options, FILE_LOCATOR)
        .orElseThrow(() -> new BadCard("the application does not say where its records are"));
  }

  /// Groups of four bytes: the file in the top five bits, first and last record, and how many of
  /// them are for a check that is not done here.
  private Track2 recorded(byte[] locator) throws IOException {
    Optional<byte[]> number = Optional.empty();
    Optional<byte[]> expires = Optional.empty();
    int read = 0;
    for (int group = 0; group + 4 <= locator.length; group += 4) {
      int file = (locator[group] & 0xFF) >> 3;
      int last = locator[group + 2] & 0xFF;
      for (int record = locator[group + 1] & 0xFF; record <= last; record++) {
        if (++read > RECORDS_MAX) throw new BadCard("more than " + RECORDS_MAX + " records");
        Chip.Answer answer = chip.record(file, record);
        if (answer.status() == Chip.NO_SUCH_RECORD) break;
        if (!answer.isGood()) throw new BadCard("a record cannot be read: " + answer);
        List<Tlv> objects = Tlv.parse(answer.data());
        Optional<byte[]> track2 = Tlv.find(objects, TRACK_2);
        if (track2.isPresent()) return track2(track2.get());
        if (number.isEmpty()) number = Tlv.find(objects, NUMBER);
        if (expires.isEmpty()) expires = Tlv.find(objects, EXPIRES);
        if (number.isPresent() && expires.isPresent()) return of(number.get(), expires.get());
      }
    }
    throw new BadCard("the application tells no number");
  }

  // What was found.

  static Track2 track2(byte[] equivalent) throws BadCard {
    try {
      return Track2.parse(HEX.formatHex(equivalent));
    } catch (IllegalArgumentException strange) {
      throw new BadCard(strange.getMessage());
    }
  }

  /// Without the track there is no service code.
  static Track2 of(byte[] number, byte[] expires) throws BadCard {
    String digits = HEX.formatHex(number).replaceFirst("F+$", "");
    String date = HEX.formatHex(expires);
    try {
      if (!date.matches("\\d{6}")) throw new BadCard("an expiry that is no date");
      return new Track2(
          new Pan(digits),
          YearMonth.of(
              2000 + Integer.parseInt(date.substring(0, 2)),
              Integer.parseInt(date.substring(2, 4))),
          "");
    } catch (IllegalArgumentException strange) {
      throw new BadCard(strange.getMessage());
    } catch (DateTimeException wrongMonth) {
      throw new BadCard("it expires in month " + date.substring(2, 4));
    }
  }
}
