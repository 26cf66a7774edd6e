package atm.device;

import atm.value.Pan;
import atm.value.PinBlock;
import atm.value.WrappedKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Keys of a test's PIN pad, and the host's side of a PIN block.
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

  /// The master key of a pad that knows TDES alone; odd parity.
  public static final byte[] TMK = HexFormat.of().parseHex("404043434545464649494A4A4C4C4F4F");

  private static final byte[] TDES_CLEAR =
      HexFormat.of().parseHex("C1C1C2C2C4C4C7C7C8C8CBCBCDCDCECE");

  public static final WrappedKey TDES_PIN_KEY =
      new WrappedKey(
          "PinKey02",
          "P0",
          "T",
          "E",
          "TMK01",
          tdes(Cipher.ENCRYPT_MODE, TMK, TDES_CLEAR),
          Arrays.copyOf(tdes(Cipher.ENCRYPT_MODE, TDES_CLEAR, new byte[8]), 3));

  private TestKeys() {}

  /// ISO 9564-1 backwards; throws where the block is none for this PAN.
  public static String pinOf(PinBlock block, Pan pan) {
    return switch (block.format()) {
      case ISO_0 -> pinOf(block, pan, "0[4-9a-c]\\d+f*");
      case ISO_3 -> pinOf(block, pan, "3[4-9a-c]\\d+[a-f]*");
      case ISO_4 -> pinOfFormat4(block, pan);
    };
  }

  private static String pinOf(PinBlock block, Pan pan, String field) {
    String digits = pan.digits();
    int end = digits.length() - 1;
    byte[] panField = HexFormat.of().parseHex("0000" + digits.substring(end - 12, end));
    byte[] clear = tdes(Cipher.DECRYPT_MODE, TDES_CLEAR, block.encrypted());
    for (int i = 0; i < clear.length; i++) clear[i] ^= panField[i];
    String pin = HexFormat.of().formatHex(clear);
    if (!pin.matches(field)) throw new AssertionError("no PIN field of " + block.format());
    return pin.substring(2, 2 + Character.digit(pin.charAt(1), 16));
  }

  private static String pinOfFormat4(PinBlock block, Pan pan) {
    String digits = pan.digits();
    String field = (char) ('0' + digits.length() - 12) + digits;
    byte[] panField = HexFormat.of().parseHex(field + "0".repeat(32 - field.length()));
    byte[] inner = aes(Cipher.DECRYPT_MODE, CLEAR, block.encrypted());
    for (int i = 0; i < inner.length; i++) inner[i] ^= panField[i];
    String pin = HexFormat.of().formatHex(aes(Cipher.DECRYPT_MODE, CLEAR, inner));
    if (!pin.matches("4[4-9a-c]\\d+a.*")) throw new AssertionError("no format 4 PIN field");
    return pin.substring(2, 2 + Character.digit(pin.charAt(1), 16));
  }

  private static byte[] tdes(int mode, byte[] key, byte[] data) {
    try {
      byte[] three = Arrays.copyOf(key, 24);
      System.arraycopy(key, 0, three, 16, 8);
      Cipher cipher = Cipher.getInstance("DESede/ECB/NoPadding");
      cipher.init(mode, new SecretKeySpec(three, "DESede"));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
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
