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
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Drives units of Innovative Technology that speak SSP with its encryption: note validators, and
/// the SMART Payout, which can be acceptor and dispenser of one machine at once.
public final class SspDriver implements Driver {
  /// The guides want two stop bits; a receiver set to one takes them as well.
  private static final LineSettings USUAL =
      new LineSettings(
          9600, 8, LineSettings.Parity.NONE, LineSettings.Stop.TWO, LineSettings.Flow.NONE);

  private final Function<Vertx, Deadlines> deadlines;

  /// One for each unit, because devices at one wire are one unit.
  private final Map<Unit, SspPort> ports = new ConcurrentHashMap<>();

  private record Unit(Vertx vertx, URI at) {}

  public SspDriver() {
    this(Deadlines::of);
  }

  SspDriver(Function<Vertx, Deadlines> deadlines) {
    this.deadlines = deadlines;
  }

  @Override
  public String name() {
    return "ssp";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return Set.of(DeviceKind.CASH_DISPENSER, DeviceKind.CASH_ACCEPTOR);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>(SspSettings.mistakes(kind, entry));
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
    if (entry.bins().size() > 1) {
      mistakes.add("bins: " + entry.bins().size() + ", but the unit has one box");
    }
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    SspSettings settings = SspSettings.of(entry);
    SspPort port =
        ports.computeIfAbsent(
            new Unit(vertx, entry.at()),
            unit -> port(unit, settings, new WireTrace(kind.key(), SspMask::new)));
    return kind == DeviceKind.CASH_DISPENSER
        ? new SmartPayout(port, Backoff.usual(), new Drum(entry.cassettes()))
        : new SspCashAcceptor(
            port,
            Backoff.usual(),
            entry.notes(),
            entry.bins().getFirst(),
            settings.route(),
            new CashInMemory(vertx, entry.data().map(in -> in.resolve(kind.key() + ".memory"))));
  }

  private SspPort port(Unit unit, SspSettings settings, WireTrace trace) {
    return new SspPort(
        unit.vertx(),
        () -> ByteConnector.to(ByteAddress.of(unit.at(), USUAL), unit.vertx(), trace),
        deadlines.apply(unit.vertx()),
        settings);
  }
}
