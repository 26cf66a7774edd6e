package sim.mechanics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PinBlockTest {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /// A generator that gives what a vector says it gave.
  private static final class Fixed extends SecureRandom {
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }

  @TestFactory
  Stream<DynamicTest> publishedVectors() throws Exception {
    String text;
    try (InputStream in = getClass().getResourceAsStream("/protocol/pin-block.vectors")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> DynamicTest.dynamicTest(line, () -> check(line)));
  }

  private static void check(String line) {
    String kind = line.substring(0, line.indexOf(' '));
    Map<String, String> v = new HashMap<>();
    for (String pair : line.substring(kind.length() + 1).split(" ")) {
      if (pair.contains("=")) {
        v.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    switch (kind) {
      case "iso0.clear" -> {
        byte[] fill = nibbles("F".repeat(14 - v.get("pin").length()));
        byte[] block = PinBlock.clear(0, nibbles(v.get("pin")), fill, withoutCheckDigit(v));
        assertThat(HEX.formatHex(block)).isEqualTo(v.get("pinBlock"));
      }
      case "iso0.tdes-encrypted" -> {
        byte[] key = HEX.parseHex(v.get("key"));
        byte[] block = PinBlock.iso0(nibbles(v.get("pin")), withoutCheckDigit(v), key);
        assertThat(HEX.formatHex(block)).isEqualTo(v.get("encryptedPinBlock"));
      }
      case "iso3.clear" -> {
        byte[] fill = nibbles(v.get("fill"));
        byte[] block = PinBlock.clear(3, nibbles(v.get("pin")), fill, withoutCheckDigit(v));
        assertThat(HEX.formatHex(block)).isEqualTo(v.get("pinBlock"));
      }
      case "iso4.pin-field" -> {
        byte[] random = HEX.parseHex(v.get("random"));
        byte[] field = PinBlock.pinField4(nibbles(v.get("pin")), random);
        assertThat(HEX.formatHex(field)).isEqualTo(v.get("pinField"));
      }
      case "iso4.pan-field" ->
          assertThat(HEX.formatHex(PinBlock.panField4(v.get("pan")))).isEqualTo(v.get("panField"));
      case "iso4.aes-encrypted" -> {
        byte[] key = HEX.parseHex(v.get("key"));
        Fixed random = new Fixed(HEX.parseHex(v.get("random")));
        byte[] block = PinBlock.iso4(nibbles(v.get("pin")), v.get("pan"), key, random);
        assertThat(HEX.formatHex(block)).isEqualTo(v.get("encryptedPinBlock"));
      }
      default -> throw new AssertionError("no check for " + kind);
    }
  }

  @Test
  void format3FillsWithLettersAToFOnly() {
    // K = zeroes and an account of zeroes, so that deciphering shows the fill itself.
    for (int i = 0; i < 200; i++) {
      SecureRandom random = new SecureRandom();
      byte[] block = PinBlock.iso3(nibbles("1234"), "000000000000", new byte[16], random);
      String clear = HEX.formatHex(decipher(block));
      assertThat(clear).matches("341234[A-F]{10}");
    }
  }

  private static byte[] decipher(byte[] block) {
    try {
      var cipher = javax.crypto.Cipher.getInstance("DESede/ECB/NoPadding");
      cipher.init(
          javax.crypto.Cipher.DECRYPT_MODE,
          new javax.crypto.spec.SecretKeySpec(new byte[24], "DESede"));
      return cipher.doFinal(block);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String withoutCheckDigit(Map<String, String> v) {
    return v.get("pan").substring(0, v.get("pan").length() - 1);
  }

  private static byte[] nibbles(String digits) {
    byte[] nibbles = new byte[digits.length()];
    for (int i = 0; i < nibbles.length; i++) {
      nibbles[i] = (byte) Character.digit(digits.charAt(i), 16);
    }
    return nibbles;
  }
}
