package atm.driver.escpos;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sorts what a printer says by the fixed bits of each kind of answer. There is no checksum: a byte
/// that fits nowhere is passed over.
interface AnswerReader {
  /// No name is longer.
  int TEXT_MAX = 80;

  /// Of a VKP80III; eighteen digits are no count, but fit a number.
  Pattern COUNTER = Pattern.compile("([0-9]{1,18})(cm|cuts|ret|on)");

  void read(byte b);

  /// What was begun belongs to no answer that is still wanted.
  void forget();

  /// Of Epson's printers and their likes.
  static AnswerReader epson(Consumer<Answer> found) {
    return new AnswerReader() {
      private final int[] block = new int[4];
      private final StringBuilder text = new StringBuilder();
      private boolean inText;
      private int length;

      @Override
      public void read(byte raw) {
        int b = raw & 0xFF;
        if (inText) {
          text(b);
        } else if (b == 0x5F) {
          inText = true;
          text.setLength(0);
        } else if ((b & 0x93) == 0x12) {
          found.accept(new Answer.RealTime(b));
        } else if ((b & 0x93) == 0x10) {
          length = 0;
          block[length++] = b;
        } else if (length > 0 && (b & 0x90) == 0) {
          block[length++] = b;
          if (length < block.length) return;
          length = 0;
          found.accept(new Answer.Automatic(block[0], block[1], block[2]));
        } else if ((b & 0x90) == 0) {
          found.accept(new Answer.InStream(b));
        } else if (b != 0x11 && b != 0x13) {
          // Neither XON nor XOFF: what was begun was noise.
          length = 0;
        }
      }

      private void text(int b) {
        if (b != 0) text.append((char) b);
        // One that has no end was noise.
        inText = b != 0 && text.length() < TEXT_MAX;
        if (b == 0) found.accept(new Answer.Text(text.toString()));
      }

      @Override
      public void forget() {
        length = 0;
        inText = false;
      }
    };
  }

  /// Of a VKP80III: blocks of four after `10 0F`, which some firmware leaves out, and counters such
  /// as `785cuts`. No block begins as a digit does: that bit of its first byte has no meaning.
  static AnswerReader vkp80(Consumer<Answer> found) {
    return new AnswerReader() {
      private final int[] block = new int[6];
      private final StringBuilder counter = new StringBuilder();
      private int length;

      @Override
      public void read(byte raw) {
        if (length == 0 && isOfCounter((char) (raw & 0xFF))) return;
        block[length++] = raw & 0xFF;
        boolean headed = block[0] == 0x10;
        if (headed && length == 2 && block[1] != 0x0F) {
          length = 0;
        } else if (length == (headed ? 6 : 4)) {
          int at = headed ? 2 : 0;
          length = 0;
          found.accept(new Answer.Full(block[at], block[at + 1], block[at + 2], block[at + 3]));
        }
      }

      /// One that is cut off is dropped, and the byte that cut it off begins something else.
      private boolean isOfCounter(char c) {
        counter.append(c);
        Matcher whole = COUNTER.matcher(counter);
        if (whole.matches()) {
          Answer counted = new Answer.Counted(Long.parseLong(whole.group(1)), whole.group(2));
          counter.setLength(0);
          found.accept(counted);
          return true;
        }
        if (whole.hitEnd()) return true;
        boolean wasCut = counter.length() > 1;
        counter.setLength(0);
        return wasCut && isOfCounter(c);
      }

      @Override
      public void forget() {
        length = 0;
        counter.setLength(0);
      }
    };
  }
}
