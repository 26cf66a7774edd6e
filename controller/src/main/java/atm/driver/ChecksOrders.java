package atm.driver;

/// A dispenser whose device checks no order to pay, so that its driver does. Until it is told the
/// key it takes none.
public interface ChecksOrders {
  /// @param key `XFSAuthenticateHost`, by which the host signs
  void trust(byte[] key);
}
