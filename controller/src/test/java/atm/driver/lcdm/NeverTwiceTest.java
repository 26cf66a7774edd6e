package atm.driver.lcdm;

import atm.config.DeviceEntry;
import atm.device.CashDispenser;
import atm.driver.NeverTwice;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import sim.mechanics.SimCashDispenser;
import sim.puloon.Lcdm;
import sim.wire.Line;
import sim.wire.LineTimers;

/// For an LCDM-2000, with the command that moves notes out of both cassettes.
class NeverTwiceTest extends NeverTwice {
  @Override
  protected void play(SimCashDispenser dispenser, Line line, LineTimers timers) {
    new Lcdm(dispenser, line, timers);
  }

  @Override
  protected CashDispenser drive(
      Vertx vertx,
      List<DeviceEntry.Cassette> cassettes,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff) {
    DeviceEntry entry =
        new DeviceEntry("cash-dispenser", "puloon-lcdm", URI.create("tcp://x:1"), cassettes, 1);
    return LcdmDriver.create(entry, vertx, connector, deadlines, backoff);
  }

  @Override
  protected byte[] dispenseCommand() {
    return LcdmFrames.command(LcdmFrames.DISPENSE_BOTH, "0202").getBytes();
  }
}
