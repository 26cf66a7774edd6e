package sim.xfs4iot;

/// Whether a person works on the cassettes: while so, nothing moves (sheet, section 8). Survives a
/// lost client, not a lost power. Server's event loop only.
final class Exchange {
  private boolean active;

  boolean isActive() {
    return active;
  }

  void set(boolean active) {
    this.active = active;
  }

  /// Refuses a moving command while an exchange is on.
  void refuse() {
    if (active) throw CommandException.error("exchangeActive", "an exchange is active");
  }
}
