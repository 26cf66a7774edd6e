package atm.driver.keypad;

import atm.value.WrappedKey;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;

/// The keys of a keypad that cannot keep any: its key-encryption key, from the machine's key file,
/// and the PIN key that the host sent, for as long as the keypad is connected. In memory alone.
/// For one context, but that `keep` comes before.
final class KeyBox {
  /// Shorter check values than this are no check (ANSI X9.24-1: three bytes).
  private static final int CHECK_BYTES_MIN = 3;

  private volatile byte[] keyEncryptionKey = {};
  private String name = "";
  private byte[] pinKey = {};

  void keep(byte[] key) {
    keyEncryptionKey = key.clone();
  }

  /// Takes the key in; answers why not, where it does not.
  Optional<String> load(WrappedKey key) {
    if (!key.usage().equals("P0") || !key.algorithm().equals("A")) {
      return Optional.of(
          "takes AES keys for PINs alone, not "
              + key.name()
              + " of usage "
              + key.usage()
              + " and algorithm "
              + key.algorithm());
    }
    byte[] box = keyEncryptionKey;
    if (box.length == 0) return Optional.of("there is no key to unwrap " + key.name() + " with");
    byte[] clear;
    try {
      clear = PinField.aes(Cipher.DECRYPT_MODE, box, key.value());
      if (!isRight(clear, key.checkValue())) {
        Arrays.fill(clear, (byte) 0);
        return Optional.of("the check value of key " + key.name() + " does not come out");
      }
    } catch (IllegalArgumentException wrongLength) {
      return Optional.of("key " + key.name() + " is no AES key: " + wrongLength.getMessage());
    }
    forget();
    name = key.name();
    pinKey = clear;
    return Optional.empty();
  }

  private static boolean isRight(byte[] key, byte[] checkValue) {
    int length = checkValue.length;
    byte[] zeros = PinField.aes(Cipher.ENCRYPT_MODE, key, new byte[16]);
    return length >= CHECK_BYTES_MIN
        && length <= zeros.length
        && MessageDigest.isEqual(Arrays.copyOf(zeros, length), checkValue);
  }

  boolean isEmpty() {
    return pinKey.length == 0;
  }

  /// Of the PIN key; empty where there is none.
  String name() {
    return name;
  }

  /// Format 4 under the PIN key.
  byte[] pinBlock(byte[] digits, String pan, byte[] random) {
    return PinField.encrypted(pinKey, digits, pan, random);
  }

  void forget() {
    Arrays.fill(pinKey, (byte) 0);
    pinKey = new byte[0];
    name = "";
  }
}
