package atm.host.embedded;

import java.util.Optional;

/// The bank's keys. Prints none of them.
///
/// @param pin AES key under which a pad encrypts PINs (TR-31 usage P0); 16 bytes
/// @param keyEncryption the pad's key-encryption key, under which `pin` travels to it; 32 bytes
/// @param authenticateHost signs orders to the dispenser, `XFSAuthenticateHost`
/// @param authenticateDevice signs the dispenser's answers, `XFSAuthenticateDevice`
/// @param pinPepper secret of the PIN verifiers, so that the database alone proves no PIN
/// @param panHash makes the hash by which the books know a card
/// @param tdes for pads of formats 0 and 3; older key files have none
public record HostKeys(
    byte[] pin,
    byte[] keyEncryption,
    byte[] authenticateHost,
    byte[] authenticateDevice,
    byte[] pinPepper,
    byte[] panHash,
    Optional<Tdes> tdes) {
  /// Keys of 16 bytes for a pad that knows TDES alone.
  ///
  /// @param master the pad's master key, under which `pin` travels to it
  /// @param pin under which the pad encrypts PINs
  public record Tdes(byte[] master, byte[] pin) {
    public Tdes {
      master = checked("TDES master", master, 16);
      pin = checked("TDES PIN", pin, 16);
    }

    @Override
    public String toString() {
      return "TDES keys";
    }
  }

  /// For pads of format 4 alone.
  public HostKeys(
      byte[] pin,
      byte[] keyEncryption,
      byte[] authenticateHost,
      byte[] authenticateDevice,
      byte[] pinPepper,
      byte[] panHash) {
    this(
        pin,
        keyEncryption,
        authenticateHost,
        authenticateDevice,
        pinPepper,
        panHash,
        Optional.empty());
  }

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
