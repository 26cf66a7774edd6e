package atm.link;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Cuts what an input device says into records and tells what its keys do:
/// protocol/usb-hid-evdev-keypad.md, `struct input_event` of 64-bit Linux. Repeats of a key that
/// is held are no presses, and left out.
public final class InputEvents {
  /// Seconds and microseconds, eight bytes each; type and code, two each; value, four.
  public static final int RECORD = 24;

  private static final int EV_SYN = 0;
  private static final int EV_KEY = 1;
  private static final int EV_MAX = 0x1F;
  private static final int SYN_REPORT = 0;
  private static final int SYN_DROPPED = 3;

  /// Codes above this are none (`KEY_MAX`).
  public static final int CODE_MAX = 0x2FF;

  private final KeyListener listener;
  private final byte[] record = new byte[RECORD];
  private int filled;
  private boolean dropped;

  public InputEvents(KeyListener listener) {
    this.listener = listener;
  }

  /// Takes bytes as they come, in pieces of any size, and fills them with zeros.
  public void feed(byte[] bytes) throws ProtocolException {
    int at = 0;
    try {
      while (at < bytes.length) {
        int part = Math.min(RECORD - filled, bytes.length - at);
        System.arraycopy(bytes, at, record, filled, part);
        at += part;
        filled += part;
        if (filled < RECORD) return;
        filled = 0;
        take(ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()));
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
      if (filled == 0) Arrays.fill(record, (byte) 0);
    }
  }

  private void take(ByteBuffer event) throws ProtocolException {
    int type = event.getShort(16) & 0xFFFF;
    int code = event.getShort(18) & 0xFFFF;
    int value = event.getInt(20);
    if (type > EV_MAX) {
      throw new ProtocolException("an event of type " + type + ", wanted 0 to " + EV_MAX);
    }
    if (type == EV_SYN) synchronise(code);
    else if (type == EV_KEY && !dropped) key(code, value, event);
  }

  /// After a loss the kernel's own buffer holds a rest of nobody knows what, up to the next report.
  private void synchronise(int code) {
    if (code == SYN_DROPPED) {
      dropped = true;
      listener.lost();
    } else if (code == SYN_REPORT) {
      dropped = false;
    }
  }

  private void key(int code, int value, ByteBuffer event) throws ProtocolException {
    if (code > CODE_MAX) {
      throw new ProtocolException("a key of code " + code + ", wanted 0 to " + CODE_MAX);
    }
    switch (value) {
      case 0 -> listener.released(code);
      case 1 -> listener.pressed(code, event.getLong(0) * 1_000_000 + event.getLong(8));
      case 2 -> {
        // held down
      }
      default -> throw new ProtocolException("a key of value " + value + ", wanted 0, 1 or 2");
    }
  }

  /// Hides which key it was: the digits of a PIN, or of a card, are keys. Times stay, and whether
  /// it was a key at all.
  public static final class Mask implements ByteMask {
    private static final int CODE = 18;
    private int at;

    @Override
    public boolean hides(byte next) {
      boolean hidden = at >= CODE;
      at = (at + 1) % RECORD;
      return hidden;
    }
  }
}
