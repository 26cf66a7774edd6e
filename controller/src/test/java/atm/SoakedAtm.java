package atm;

import atm.driver.Drivers;
import atm.host.embedded.CheapPins;
import atm.ledger.PowerlessBooks;
import io.vertx.core.Vertx;
import java.time.Clock;

/// A controller whose power can be cut in mid-step, and whose PINs are cheap to check.
public final class SoakedAtm {
  private SoakedAtm() {}

  /// @param beforeWrite told before each write of the books
  /// @param halt told when the books can no longer be written
  public static Atm start(
      Vertx vertx,
      Drivers drivers,
      Atm.Setup setup,
      Clock clock,
      Runnable beforeWrite,
      Runnable halt)
      throws Exception {
    Keys keys = Keys.load(setup.data());
    return Atm.start(
        vertx,
        drivers,
        setup,
        clock,
        keys,
        CheapPins.verifier(keys.host()),
        PowerlessBooks.open(setup.data(), keys.ledger(), clock, beforeWrite, halt));
  }
}
