package atm.driver.escpos;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Optional;

/// Text in the single-byte code pages of ESC/POS. A line changes its page (`1B 74 n`) where the one
/// before lacks a letter; a letter that no page has is printed as a question mark.
final class CodePages {
  private record Page(int number, Charset charset) {
    Optional<byte[]> encoded(String letter) {
      CharsetEncoder encoder = charset.newEncoder();
      try {
        ByteBuffer bytes = encoder.encode(CharBuffer.wrap(letter));
        // A control character would be a command.
        if (bytes.remaining() != 1 || (bytes.get(0) & 0xFF) < 0x20) return Optional.empty();
        return Optional.of(new byte[] {bytes.get(0)});
      } catch (CharacterCodingException lacking) {
        return Optional.empty();
      }
    }
  }

  // The first has the euro and is what a printer is set to; then the neighbours, then the others.
  private static final List<Page> PAGES =
      List.of(
          page(19, "IBM00858"),
          page(16, "windows-1252"),
          page(18, "IBM852"),
          page(17, "IBM866"),
          page(0, "IBM437"),
          page(3, "IBM860"),
          page(4, "IBM863"),
          page(5, "IBM865"));

  private Page now = PAGES.getFirst();

  /// The command that sets the page a text begins with.
  static byte[] first() {
    return select(PAGES.getFirst());
  }

  /// The lines, each with its line feed, after `first`.
  byte[] encoded(List<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines) {
      line.codePoints().forEach(letter -> put(Character.toString(letter), bytes));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private void put(String letter, ByteArrayOutputStream into) {
    Optional<byte[]> here = now.encoded(letter);
    if (here.isEmpty()) {
      for (Page page : PAGES) {
        Optional<byte[]> there = page.encoded(letter);
        if (there.isEmpty()) continue;
        into.writeBytes(select(page));
        now = page;
        here = there;
        break;
      }
    }
    into.writeBytes(here.orElse(new byte[] {'?'}));
  }

  private static byte[] select(Page page) {
    return new byte[] {0x1B, 0x74, (byte) page.number()};
  }

  private static Page page(int number, String charset) {
    return new Page(number, Charset.forName(charset));
  }
}
