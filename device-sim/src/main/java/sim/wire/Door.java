package sim.wire;

import io.vertx.core.Future;

/// Where a line can be reached from outside. Opened again after it was closed, it is at the same
/// place.
public interface Door {
  Future<Void> open();

  /// Nobody can come in any more, and who is in is out.
  Future<Void> close();
}
