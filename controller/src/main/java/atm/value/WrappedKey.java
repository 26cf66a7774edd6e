package atm.value;

/// A working key on its way to a PIN pad: encrypted under the pad's key-encryption key, with the
/// check value that proves it arrived whole. Prints its name and check value alone.
///
/// @param usage key usage as in TR-31, such as "P0" for PIN encryption
public record WrappedKey(
    String name,
    String usage,
    String algorithm,
    String modeOfUse,
    String wrappedBy,
    byte[] value,
    byte[] checkValue) {
  public WrappedKey {
    value = value.clone();
    checkValue = checkValue.clone();
  }

  @Override
  public byte[] value() {
    return value.clone();
  }

  @Override
  public byte[] checkValue() {
    return checkValue.clone();
  }

  @Override
  public String toString() {
    return "key " + name;
  }
}
