package atm.driver;

/// A PIN pad whose hardware keeps no keys, so that its driver does. Until it is told its
/// key-encryption key it can load none.
public interface KeepsKeys {
  /// @param keyEncryptionKey under which the host wraps the keys it sends, AES
  void keep(byte[] keyEncryptionKey);
}
