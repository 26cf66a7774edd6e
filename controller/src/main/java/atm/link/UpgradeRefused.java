package atm.link;

import java.io.IOException;

/// Somebody answers at that address, but not with a WebSocket.
public final class UpgradeRefused extends IOException {
  private final int status;

  UpgradeRefused(String where, int status) {
    super(where + ": the answer is HTTP " + status + ", wanted a WebSocket");
    this.status = status;
  }

  public int status() {
    return status;
  }
}
