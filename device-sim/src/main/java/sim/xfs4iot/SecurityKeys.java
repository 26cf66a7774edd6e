package sim.xfs4iot;

import java.util.Optional;

/// The two HMAC keys of end-to-end security (sheet, section 6): with `host` the device checks
/// tokens of the host, with `device` it signs its answers. Either may not be loaded yet. Prints
/// without them.
public record SecurityKeys(Optional<byte[]> host, Optional<byte[]> device) {
  private static final int LENGTH = 32;

  public SecurityKeys {
    host.ifPresent(SecurityKeys::check);
    device.ifPresent(SecurityKeys::check);
  }

  /// No key is loaded: nothing can be dispensed.
  public static SecurityKeys none() {
    return new SecurityKeys(Optional.empty(), Optional.empty());
  }

  public static SecurityKeys of(byte[] host, byte[] device) {
    return new SecurityKeys(Optional.of(host), Optional.of(device));
  }

  private static void check(byte[] key) {
    if (key.length != LENGTH) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes, wanted " + LENGTH);
    }
  }

  @Override
  public String toString() {
    return "SecurityKeys[host " + host.isPresent() + ", device " + device.isPresent() + "]";
  }
}
