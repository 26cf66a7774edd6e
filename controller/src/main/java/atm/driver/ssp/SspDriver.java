package atm.driver.ssp;

import atm.config.DeviceEntry;
import atm.config.DeviceEntry.Cassette;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.link.Backoff;
import atm.link.ByteAddress;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import atm.link.LineSettings;
import atm.link.WireTrace;
import atm.value.Money;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Drives units of Innovative Technology that speak SSP with its encryption.
public final class SspDriver implements Driver {
  /// The guides want two stop bits; a receiver set to one takes them as well.
  private static final LineSettings USUAL =
      new LineSettings(
          9600, 8, LineSettings.Parity.NONE, LineSettings.Stop.TWO, LineSettings.Flow.NONE);

  @Override
  public String name() {
    return "ssp";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.CASH_DISPENSER);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>(SspSettings.mistakes(entry));
    try {
      ByteAddress.of(entry.at(), USUAL);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(wrong.getMessage());
    }
    Set<Money> notes = new HashSet<>();
    for (Cassette cassette : entry.cassettes()) {
      if (!notes.add(cassette.note())) {
        mistakes.add(
            "cassettes: two of "
                + cassette.note()
                + ", but the unit keeps all notes of a denomination together");
      }
    }
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    ByteConnector connector =
        ByteConnector.to(ByteAddress.of(entry.at(), USUAL), vertx, new WireTrace(kind.key()));
    return new SmartPayout(
        vertx,
        connector,
        Backoff.usual(),
        Deadlines.of(vertx),
        SspSettings.of(entry),
        new Drum(entry.cassettes()));
  }
}
