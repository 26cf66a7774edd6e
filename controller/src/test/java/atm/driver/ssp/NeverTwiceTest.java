package atm.driver.ssp;

import atm.config.DeviceEntry;
import atm.device.CashDispenser;
import atm.driver.NeverTwice;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import sim.mechanics.DeviceEvent;
import sim.mechanics.SimCashDispenser;
import sim.wire.Line;
import sim.wire.LineTimers;

/// For a SMART Payout, whose customer takes each note as it comes. What is sent is sealed, so the
/// orders are counted where they are opened.
class NeverTwiceTest extends NeverTwice {
  private sim.ssp.SspUnit unit;

  @Override
  protected void play(SimCashDispenser dispenser, Line line, LineTimers timers) {
    unit = sim.ssp.SspUnit.smartPayout(line, timers).pays(dispenser);
    dispenser.listen(
        event -> {
          boolean there = !dispenser.tray().isEmpty();
          if (there && event instanceof DeviceEvent.StatusChanged) dispenser.take();
        });
  }

  @Override
  protected CashDispenser drive(
      Vertx vertx,
      List<DeviceEntry.Cassette> cassettes,
      ByteConnector connector,
      Deadlines deadlines,
      Backoff backoff) {
    SspSettings settings =
        new SspSettings(0, EsspCipher.DEFAULT_FIXED_KEY, SspSettings.Route.CASHBOX);
    return new SmartPayout(
        new SspPort(vertx, () -> connector, deadlines, settings), backoff, new Drum(cassettes));
  }

  @Override
  protected byte[] dispenseCommand() {
    throw new UnsupportedOperationException("it is sealed");
  }

  @Override
  protected int sentDispenses(Buffer said) {
    return unit.orders();
  }

  @Override
  protected int notesOut(SimCashDispenser dispenser) {
    return dispenser.tray().size()
        + dispenser.taken().values().stream().mapToInt(Integer::intValue).sum();
  }

  /// A packet has four hundred bytes of exchanges to harm, and one bit is as bad as eight under a
  /// cipher.
  @Override
  protected List<Integer> changes() {
    return List.of(0x01);
  }

  /// All of them take two and a half minutes: `-Dssp.stride=1`.
  @Override
  protected int stride() {
    return Integer.getInteger("ssp.stride", 7);
  }
}
