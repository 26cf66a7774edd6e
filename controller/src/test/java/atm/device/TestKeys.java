package atm.device;

import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Keys of a test's PIN pad, and the host's side of a format 4 PIN block.
public final class TestKeys {
  public static final byte[] KEK =
      HexFormat.of().parseHex("404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F");

  private static final byte[] CLEAR =
      HexFormat.of().parseHex("C0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF");

  public static final WrappedKey PIN_KEY =
      new WrappedKey(
          "PinKey01",
          "P0",
          "A",
          "E",
          "KEK01",
          aes(Cipher.ENCRYPT_MODE, KEK, CLEAR),
          Arrays.copyOf(aes(Cipher.ENCRYPT_MODE, CLEAR, new byte[16]), 3));

  private TestKeys() {}

  /// ISO 9564-1, format 4, backwards; throws where the block is none for this PAN.
  public static String pinOf(PinBlock block, Pan pan) {
    String digits = pan.digits();
    String field = (char) ('0' + digits.length() - 12) + digits;
    byte[] panField = HexFormat.of().parseHex(field + "0".repeat(32 - field.length()));
    byte[] inner = aes(Cipher.DECRYPT_MODE, CLEAR, block.encrypted());
    for (int i = 0; i < inner.length; i++) inner[i] ^= panField[i];
    String pin = HexFormat.of().formatHex(aes(Cipher.DECRYPT_MODE, CLEAR, inner));
    if (!pin.matches("4[4-9a-c]\\d+a.*")) throw new AssertionError("no format 4 PIN field");
    return pin.substring(2, 2 + Character.digit(pin.charAt(1), 16));
  }

  private static byte[] aes(int mode, byte[] key, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
