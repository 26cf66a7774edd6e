package atm.driver.lcdm4000;

import atm.config.DeviceEntry;
import atm.device.CashDispenser;
import atm.driver.NeverTwice;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Vertx;
import java.util.List;
import sim.mechanics.SimCashDispenser;
import sim.puloon.Lcdm4000;
import sim.wire.Line;
import sim.wire.LineTimers;

/// For an LCDM-4000, which can be asked what it last did.
class NeverTwiceTest extends NeverTwice {
  @Override
  protected void play(SimCashDispenser dispenser, Line line, LineTimers timers) {
    new Lcdm4000(dispenser, line, timers);
  }

  @Override
  protected CashDispenser drive(
      Vertx vertx,
      List<DeviceEntry.Cassette> cassettes,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff) {
    return new Lcdm4000Dispenser(vertx, connector, deadlines, backoff, cassettes);
  }

  @Override
  protected byte[] dispenseCommand() {
    return Lcdm4000Frames.dispense(new int[] {2, 2, 0, 0}).getBytes();
  }
}
