package atm.value;

import java.util.Arrays;

/// An encrypted PIN block, ISO 9564-1, and the name of the key it is encrypted under. Never holds a
/// clear PIN; prints its format alone.
public record PinBlock(Format format, String keyName, byte[] encrypted) {
  public enum Format {
    ISO_0(8),
    ISO_3(8),
    ISO_4(16);

    public final int bytes;

    Format(int bytes) {
      this.bytes = bytes;
    }
  }

  public PinBlock {
    if (encrypted.length != format.bytes) {
      throw new IllegalArgumentException(
          "a PIN block of "
              + encrypted.length
              + " bytes, wanted "
              + format.bytes
              + " for "
              + format);
    }
    encrypted = encrypted.clone();
  }

  @Override
  public byte[] encrypted() {
    return encrypted.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PinBlock(Format f, String k, byte[] e)
        && f == format
        && k.equals(keyName)
        && Arrays.equals(e, encrypted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encrypted);
  }

  @Override
  public String toString() {
    return "PIN block " + format;
  }
}
