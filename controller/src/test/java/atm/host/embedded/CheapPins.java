package atm.host.embedded;

/// PINs by the product's own verifier, with as little memory as Argon2id can do with: nobody wants
/// these, and a hash of full cost takes longer than all else in a visit.
public final class CheapPins {
  private static final int MEMORY_KIB = 8;

  private CheapPins() {}

  public static PinVerifier verifier(HostKeys keys) {
    return new PinVerifier(keys.pinPepper(), MEMORY_KIB);
  }
}
