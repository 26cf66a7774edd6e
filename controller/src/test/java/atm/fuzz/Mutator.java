package atm.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes bad input of good: bits turned, parts cut out, doubled, swapped with those of another
/// seed, and the numbers and words that parsers stumble over.
public final class Mutator {
  private static final List<String> WORDS =
      List.of(
          "-1",
          "0",
          "00",
          "99999999999999999999",
          "1e400",
          "2147483648",
          "NaN",
          "null",
          "{}",
          "[]",
          "\"",
          "\\",
          "\u0000",
          "XXX",
          "٣",
          "\uFEFF",
          "- ",
          ": ",
          "&a *a",
          "!!java",
          "%",
          "?",
          "//");

  private final Random random;

  public Mutator(Random random) {
    this.random = random;
  }

  public byte[] mutate(List<byte[]> seeds, int most) {
    byte[] bytes = one(seeds).clone();
    for (int i = random.nextInt(6); i >= 0; i--) bytes = once(bytes, one(seeds));
    return bytes.length > most ? Arrays.copyOf(bytes, most) : bytes;
  }

  private byte[] once(byte[] bytes, byte[] other) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(16));
    return switch (random.nextInt(9)) {
      case 0 -> flipped(bytes);
      case 1 -> set(bytes, (byte) random.nextInt(256));
      case 2 -> set(bytes, new byte[] {0, -1, 127, -128, 0x7F, '9'}[random.nextInt(6)]);
      case 3 -> spliced(bytes, from, to, new byte[0]);
      case 4 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      case 5 -> Arrays.copyOf(bytes, from);
      case 6 -> spliced(bytes, from, to, part(other));
      case 7 -> spliced(bytes, from, to, word());
      default -> spliced(bytes, from, from, random(random.nextInt(40)));
    };
  }

  private byte[] flipped(byte[] bytes) {
    if (bytes.length == 0) return bytes;
    byte[] flipped = bytes.clone();
    flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private byte[] set(byte[] bytes, byte value) {
    if (bytes.length == 0) return bytes;
    byte[] set = bytes.clone();
    set[random.nextInt(bytes.length)] = value;
    return set;
  }

  private byte[] part(byte[] of) {
    int from = random.nextInt(of.length + 1);
    return Arrays.copyOfRange(of, from, from + random.nextInt(of.length - from + 1));
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] one(List<byte[]> seeds) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
    byte[] all = new byte[bytes.length - (to - from) + with.length];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(with, 0, all, from, with.length);
    System.arraycopy(bytes, to, all, from + with.length, bytes.length - to);
    return all;
  }
}
