package atm.host.embedded;

/// The bank's keys. Prints none of them.
///
/// @param pin AES key under which a pad encrypts PINs (TR-31 usage P0); 16 bytes
/// @param keyEncryption the pad's key-encryption key, under which `pin` travels to it; 32 bytes
/// @param authenticateHost signs orders to the dispenser, `XFSAuthenticateHost`
/// @param authenticateDevice signs the dispenser's answers, `XFSAuthenticateDevice`
/// @param pinPepper secret of the PIN verifiers, so that the database alone proves no PIN
/// @param panHash makes the hash by which the books know a card
public record HostKeys(
    byte[] pin,
    byte[] keyEncryption,
    byte[] authenticateHost,
    byte[] authenticateDevice,
    byte[] pinPepper,
    byte[] panHash) {
  public HostKeys {
    pin = checked("PIN", pin, 16);
    keyEncryption = checked("key-encryption", keyEncryption, 32);
    authenticateHost = checked("XFSAuthenticateHost", authenticateHost, 32);
    authenticateDevice = checked("XFSAuthenticateDevice", authenticateDevice, 32);
    pinPepper = checked("PIN pepper", pinPepper, 32);
    panHash = checked("PAN hash", panHash, 32);
  }

  private static byte[] checked(String name, byte[] key, int bytes) {
    if (key.length != bytes) {
      throw new IllegalArgumentException(
          "a " + name + " key of " + key.length + " bytes, wanted " + bytes);
    }
    return key.clone();
  }

  @Override
  public String toString() {
    return "the bank's keys";
  }
}
