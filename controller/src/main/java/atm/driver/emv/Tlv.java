package atm.driver.emv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One data object of a chip: a tag, and a value that may hold others. Prints its tag alone.
record Tlv(int tag, boolean constructed, byte[] value) {
  /// Of EMV none has more than two bytes; three are enough to tell that.
  private static final int TAG_BYTES_MAX = 3;

  /// Templates hold templates hold objects; a card that goes deeper is none of these.
  private static final int DEPTH_MAX = 8;

  /// The objects that stand one after the other in `bytes`, which have to fill them.
  static List<Tlv> parse(byte[] bytes) throws BadCard {
    List<Tlv> objects = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      // ISO/IEC 7816-4: zeroes may stand between objects.
      if (bytes[at] == 0) {
        at++;
        continue;
      }
      int tagEnd = tagEnd(bytes, at);
      int lengthEnd = lengthEnd(bytes, tagEnd);
      int length = length(bytes, tagEnd, lengthEnd);
      if (length > bytes.length - lengthEnd) {
        throw new BadCard(
            "a data object of %d bytes where %d are left"
                .formatted(length, bytes.length - lengthEnd));
      }
      objects.add(
          new Tlv(
              number(bytes, at, tagEnd),
              (bytes[at] & 0x20) != 0,
              Arrays.copyOfRange(bytes, lengthEnd, lengthEnd + length)));
      at = lengthEnd + length;
    }
    return objects;
  }

  /// The value of the first object with that tag, at whatever depth.
  static Optional<byte[]> find(List<Tlv> objects, int tag) throws BadCard {
    List<byte[]> found = new ArrayList<>();
    collect(objects, tag, found, 0);
    return found.stream().findFirst();
  }

  /// The values of all with that tag, in their order.
  static List<byte[]> all(List<Tlv> objects, int tag) throws BadCard {
    List<byte[]> found = new ArrayList<>();
    collect(objects, tag, found, 0);
    return found;
  }

  private static void collect(List<Tlv> objects, int tag, List<byte[]> found, int depth)
      throws BadCard {
    if (depth > DEPTH_MAX) throw new BadCard("data objects deeper than " + DEPTH_MAX);
    for (Tlv object : objects) {
      if (object.tag == tag) found.add(object.value);
      else if (object.constructed) collect(parse(object.value), tag, found, depth + 1);
    }
  }

  /// Where the tag ends that begins at `at`: where the low five bits of its first byte are all 1,
  /// further bytes follow while bit 8 is set.
  static int tagEnd(byte[] bytes, int at) throws BadCard {
    int end = at + 1;
    if ((bytes[at] & 0x1F) == 0x1F) {
      do {
        if (end == bytes.length || end == at + TAG_BYTES_MAX)
          throw new BadCard("a tag without end");
      } while ((bytes[end++] & 0x80) != 0);
    }
    return end;
  }

  private static int lengthEnd(byte[] bytes, int at) throws BadCard {
    if (at == bytes.length) throw new BadCard("a tag without a length");
    int first = bytes[at] & 0xFF;
    int more = first < 0x80 ? 0 : first - 0x80;
    if (first >= 0x80 && (more == 0 || more > 2)) {
      throw new BadCard("a length that begins with %02X".formatted(first));
    }
    if (at + 1 + more > bytes.length) throw new BadCard("a length that is cut off");
    return at + 1 + more;
  }

  private static int length(byte[] bytes, int from, int to) {
    return to == from + 1 ? bytes[from] : number(bytes, from + 1, to);
  }

  static int number(byte[] bytes, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) number = number << 8 | bytes[i] & 0xFF;
    return number;
  }

  @Override
  public String toString() {
    return "object %X of %d bytes".formatted(tag, value.length);
  }
}
