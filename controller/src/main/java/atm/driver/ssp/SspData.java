package atm.driver.ssp;

import atm.value.Money;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What commands and replies say, as bytes and back. Values are minor units, least significant byte
/// first; a reply too short for what it announces is no reply.
final class SspData {
  static final int OK = 0xF0;
  static final int NOT_KNOWN = 0xF2;
  static final int WRONG_COUNT = 0xF3;
  static final int OUT_OF_RANGE = 0xF4;
  static final int NOT_PROCESSED = 0xF5;
  static final int KEY_NOT_SET = 0xFA;

  static final byte[] POLL = command(0x07);
  static final byte[] REJECT = command(0x08);
  static final byte[] ENABLE = command(0x0A);
  static final byte[] HOLD = command(0x18);
  static final byte[] ENABLE_PAYOUT = command(0x5C, 0);

  /// Inhibits under which no note is taken.
  static final int NO_CHANNELS = 0;

  private static final int DO_IT = 0x58;
  private static final int TEST_ONLY = 0x19;

  /// What is left out of a setup reply (channel values, security) is said again by its value list.
  record Setup(int type, String firmware, int protocol, List<Money> channels) {
    static final int SMART_PAYOUT = 0x06;
  }

  /// What a unit counts over its whole life.
  record Counters(long stacked, long stored, long dispensed, long toCashbox, long rejected) {}

  private SspData() {}

  // -- commands

  static byte[] command(int code, int... data) {
    byte[] bytes = new byte[data.length + 1];
    bytes[0] = (byte) code;
    for (int i = 0; i < data.length; i++) bytes[i + 1] = (byte) data[i];
    return bytes;
  }

  static byte[] command(int code, byte[] data) {
    byte[] bytes = new byte[data.length + 1];
    bytes[0] = (byte) code;
    System.arraycopy(data, 0, bytes, 1, data.length);
    return bytes;
  }

  /// A bit for each channel whose note is wanted, channel 1 the lowest.
  static int mask(List<Money> channels, List<Money> wanted) {
    int mask = 0;
    for (int i = 0; i < channels.size(); i++) {
      if (wanted.contains(channels.get(i))) mask |= 1 << i;
    }
    return mask;
  }

  /// @param channels a bit for each that is to be taken
  static byte[] inhibits(int channels) {
    return command(0x02, channels & 0xFF, channels >> 8);
  }

  /// Payout by denomination.
  static byte[] payout(SortedMap<Money, Integer> notes, boolean test) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(0x46);
    data.write(notes.size());
    notes.forEach(
        (note, count) -> {
          put(data, count, 2);
          put(data, note);
        });
    data.write(test ? TEST_ONLY : DO_IT);
    return data.toByteArray();
  }

  static byte[] routeToCashbox(Money note) {
    return route(note, 1);
  }

  static byte[] routeToStore(Money note) {
    return route(note, 0);
  }

  private static byte[] route(Money note, int where) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(0x3B);
    data.write(where);
    put(data, note);
    return data.toByteArray();
  }

  private static void put(ByteArrayOutputStream data, Money note) {
    put(data, note.minor(), 4);
    data.writeBytes(note.currency().getCurrencyCode().getBytes(StandardCharsets.US_ASCII));
  }

  private static void put(ByteArrayOutputStream data, long number, int bytes) {
    for (int i = 0; i < bytes; i++) data.write((int) (number >> 8 * i));
  }

  // -- replies

  static boolean isOk(byte[] reply) {
    return (reply[0] & 0xFF) == OK;
  }

  /// That the unit does not have what was asked for, or not now.
  static boolean isUnable(byte[] reply) {
    int code = reply[0] & 0xFF;
    return code == NOT_KNOWN || code == NOT_PROCESSED;
  }

  static Optional<Setup> setup(byte[] reply) {
    // F0, type, firmware 4, country 3, multiplier 3, n, then by n.
    if (reply.length < 13) return Optional.empty();
    int n = reply[12] & 0xFF;
    int protocolAt = 13 + 2 * n + 3;
    int values = protocolAt + 1 + 3 * n;
    if (reply.length < values + 4 * n) return Optional.empty();
    long multiplier = bigEndian(reply, 13 + 2 * n, 3);
    List<Money> channels = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Optional<Currency> currency = currency(reply, protocolAt + 1 + 3 * i);
      if (currency.isEmpty()) return Optional.empty();
      channels.add(new Money(number(reply, values + 4 * i, 4) * multiplier, currency.get()));
    }
    return Optional.of(
        new Setup(reply[1] & 0xFF, text(reply, 2, 4), reply[protocolAt] & 0xFF, channels));
  }

  static Optional<Map<Money, Integer>> levels(byte[] reply) {
    if (reply.length < 2) return Optional.empty();
    int n = reply[1] & 0xFF;
    if (reply.length != 2 + 9 * n) return Optional.empty();
    Map<Money, Integer> levels = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      int at = 2 + 9 * i;
      Optional<Currency> currency = currency(reply, at + 6);
      if (currency.isEmpty()) return Optional.empty();
      Money note = new Money(number(reply, at + 2, 4), currency.get());
      levels.put(note, (int) number(reply, at, 2));
    }
    return Optional.of(levels);
  }

  static Optional<Counters> counters(byte[] reply) {
    if (reply.length != 22 || reply[1] != 5) return Optional.empty();
    long[] c = new long[5];
    for (int i = 0; i < c.length; i++) c[i] = number(reply, 2 + 4 * i, 4);
    return Optional.of(new Counters(c[0], c[1], c[2], c[3], c[4]));
  }

  static long number(byte[] bytes, int at, int length) {
    long number = 0;
    for (int i = length - 1; i >= 0; i--) number = number << 8 | bytes[at + i] & 0xFF;
    return number;
  }

  private static long bigEndian(byte[] bytes, int at, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) number = number << 8 | bytes[at + i] & 0xFF;
    return number;
  }

  static String text(byte[] bytes, int at, int length) {
    return new String(Arrays.copyOfRange(bytes, at, at + length), StandardCharsets.US_ASCII);
  }

  private static Optional<Currency> currency(byte[] bytes, int at) {
    try {
      return Optional.of(Currency.getInstance(text(bytes, at, 3)));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
