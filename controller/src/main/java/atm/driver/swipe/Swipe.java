package atm.driver.swipe;

import atm.device.CardReader.CardRead;
import atm.value.Luhn;
import atm.value.Track2;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a swipe reader has typed of a card (ISO/IEC 7811, 7813): protocol/usb-keys.md. Its
/// characters are zeros once it was read; a message never holds one of them.
final class Swipe {
  /// Three tracks of 79, 40 and 107 characters, and a line's end.
  static final int CHARACTERS_MAX = 228;

  private static final int TRACK_1_DATA = 76;
  private static final int TRACK_2_DATA = 37;
  private static final int TRACK_3_DATA = 104;

  private static final Pattern TRACK_1 =
      Pattern.compile("B(\\d{12,19})\\^[^^]{0,26}\\^(\\d{4})(\\d{3}).*");

  private final boolean lrc;
  private final byte[] characters = new byte[CHARACTERS_MAX];
  private int count;
  private Optional<String> wrong = Optional.empty();

  /// @param lrc whether the reader types one after each end sentinel
  Swipe(boolean lrc) {
    this.lrc = lrc;
  }

  void add(byte character) {
    if (count == CHARACTERS_MAX) spoil("more than " + CHARACTERS_MAX + " characters");
    else characters[count++] = character;
  }

  /// It cannot be used, whatever else comes.
  void spoil(String why) {
    if (wrong.isEmpty()) wrong = Optional.of(why);
  }

  /// Whether track 2 is there, so that nothing more of use can come.
  boolean hasTrack2() {
    int start = indexOf(';', 0);
    int end = start < 0 ? -1 : indexOf('?', start);
    return end >= 0 && count >= end + 1 + (lrc ? 1 : 0);
  }

  /// Reads it, and fills it with zeros.
  CardRead read() {
    try {
      return wrong.<CardRead>map(CardRead.Unreadable::new).orElseGet(this::tracks);
    } catch (IllegalArgumentException strange) {
      return new CardRead.Unreadable(strange.getMessage());
    } finally {
      forget();
    }
  }

  void forget() {
    Arrays.fill(characters, (byte) 0);
    count = 0;
    wrong = Optional.empty();
  }

  private CardRead tracks() {
    if (count == 0) throw refused("nothing was typed");
    Optional<Track2> first = Optional.empty();
    Optional<Track2> second = Optional.empty();
    int at = 0;
    for (boolean isThird = false; at < count; ) {
      int end = indexOf('?', at);
      char start = (char) characters[at];
      if ("%;+".indexOf(start) < 0) throw refused("no start sentinel at " + at);
      if (end < 0) throw refused("no end sentinel after the start at " + at);
      int next = lrc ? checkLrc(start, at, end) : end + 1;
      if (start == '%') first = track1(at + 1, end);
      else if (start == ';' && !isThird) second = track2(at + 1, end);
      else checkLength(3, TRACK_3_DATA, at + 1, end);
      isThird |= start == ';';
      at = next;
    }
    if (first.isPresent() && second.isPresent() && !first.equals(second)) {
      throw refused("tracks 1 and 2 disagree");
    }
    Optional<Track2> either = second.isPresent() ? second : first;
    return new CardRead.Card(either.orElseThrow(() -> refused("no track could be read")));
  }

  /// Says the same as track 2; empty where the reader could not read it.
  private Optional<Track2> track1(int from, int to) {
    if (isError(from, to)) return Optional.empty();
    checkLength(1, TRACK_1_DATA, from, to);
    Matcher m = TRACK_1.matcher(text(from, to));
    if (!m.matches()) {
      throw refused("track 1 of " + (to - from) + " characters is not B, PAN, name and YYMM");
    }
    return Optional.of(checked(Track2.parse(m.group(1) + "=" + m.group(2) + m.group(3))));
  }

  private Optional<Track2> track2(int from, int to) {
    if (isError(from, to)) return Optional.empty();
    checkLength(2, TRACK_2_DATA, from, to);
    return Optional.of(checked(Track2.parse(text(from, to))));
  }

  private static Track2 checked(Track2 track) {
    if (!Luhn.isValid(track.pan().digits())) throw refused("the PAN's check digit is wrong");
    return track;
  }

  private boolean isError(int from, int to) {
    return to == from + 1 && characters[from] == 'E';
  }

  private static void checkLength(int track, int most, int from, int to) {
    if (to - from > most) {
      throw refused("track " + track + " of " + (to - from) + " characters, wanted " + most);
    }
  }

  /// ISO/IEC 7811-2: the codes of all characters and the LRC's, both sentinels included, make zero.
  private int checkLrc(char start, int from, int end) {
    int base = start == '%' ? 0x20 : 0x30;
    int codes = start == '%' ? 0x3F : 0x0F;
    if (end + 1 >= count) throw refused("no LRC after the end sentinel at " + end);
    int sum = 0;
    for (int i = from; i <= end + 1; i++) sum ^= characters[i] - base & codes;
    if (sum != 0) throw refused("a wrong LRC after the end sentinel at " + end);
    return end + 2;
  }

  private String text(int from, int to) {
    return new String(characters, from, to - from, StandardCharsets.US_ASCII);
  }

  private int indexOf(char wanted, int from) {
    for (int i = from; i < count; i++) {
      if (characters[i] == wanted) return i;
    }
    return -1;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the card could not be read: " + why);
  }
}
