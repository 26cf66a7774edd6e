package atm.link;

/// Which bytes of one direction of a wire are secret. Fed with every byte since the wire came up,
/// in order, however they were cut into pieces. A protocol that carries PIN blocks, keys or tracks
/// brings its own.
@FunctionalInterface
public interface ByteMask {
  boolean hides(byte next);

  /// Nothing on this wire is secret.
  static ByteMask none() {
    return _ -> false;
  }
}
