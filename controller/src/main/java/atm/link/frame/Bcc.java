package atm.link.frame;

import io.vertx.core.buffer.Buffer;

/// The block check character: exclusive or of all bytes.
public final class Bcc {
  private Bcc() {}

  /// Of the bytes from `from` up to but not including `to`.
  public static byte of(Buffer bytes, int from, int to) {
    byte check = 0;
    for (int i = from; i < to; i++) check ^= bytes.getByte(i);
    return check;
  }

  /// Appends the check byte of all that is there.
  public static Buffer append(Buffer bytes) {
    return bytes.appendByte(of(bytes, 0, bytes.length()));
  }

  /// What is wrong with the check byte at the end; empty when nothing is.
  public static String wrong(Buffer frame) {
    byte wanted = of(frame, 0, frame.length() - 1);
    byte seen = frame.getByte(frame.length() - 1);
    return seen == wanted ? "" : "bad check byte %02X, wanted %02X".formatted(seen, wanted);
  }
}
