package atm.driver.ssp;

import atm.device.DeviceKind;
import atm.device.Fault;
import atm.link.ByteConnector;
import atm.link.Deadlines;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The line to one unit, for all devices that it is: a SMART Payout takes notes and pays them. They
/// share one connection, one key and one context, and hear all of its events; it is lost for all of
/// them, and for all of them met anew.
final class SspPort implements SspUnit.Listener {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Supplier<ByteConnector> connectors;
  private final Deadlines deadlines;
  private final SspSettings settings;
  private final Set<SspDevice> devices = new LinkedHashSet<>();
  private Context context;
  private ByteConnector connector;
  private Future<SspUnit> unit;
  private boolean justReset;

  /// @param connectors makes one each time that the first device comes
  SspPort(
      Vertx vertx, Supplier<ByteConnector> connectors, Deadlines deadlines, SspSettings settings) {
    this.vertx = vertx;
    this.connectors = connectors;
    this.deadlines = deadlines;
    this.settings = settings;
  }

  Vertx vertx() {
    return vertx;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /// The one of whoever asks first. Devices may be opened on any thread.
  synchronized Context context() {
    if (context == null) context = vertx.getOrCreateContext();
    return context;
  }

  /// The unit that is there, or the one that can be reached now. From then on the device is told of
  /// all events, also while it is not in service itself.
  Future<SspUnit> join(SspDevice device) {
    devices.add(device);
    if (connector == null) connector = connectors.get();
    return unit == null ? open(device.kind()) : unit;
  }

  private Future<SspUnit> open(DeviceKind first) {
    Future<SspUnit> opening =
        connector
            .open(CONNECT_WITHIN)
            .map(link -> new SspUnit(first, link, settings, deadlines, this));
    unit = opening;
    // It may have failed already: whoever asks again wants another try.
    opening.onFailure(
        _ -> {
          if (unit == opening) unit = null;
        });
    return opening;
  }

  /// The device is closed.
  Future<Void> leave(SspDevice device) {
    devices.remove(device);
    if (!devices.isEmpty() || connector == null) return Future.succeededFuture();
    ByteConnector last = connector;
    connector = null;
    unit = null;
    return last.close();
  }

  /// How often the unit is to be called when it is met next: one that was told to start again is
  /// not back at once.
  int syncTries() {
    return justReset ? SspUnit.SYNC_TRIES_AFTER_RESET : SspLine.TRIES;
  }

  void resets() {
    justReset = true;
  }

  void met() {
    justReset = false;
  }

  /// Why the unit must not be disturbed now.
  Optional<String> busy() {
    return devices.stream().flatMap(device -> device.busy().stream()).findFirst();
  }

  @Override
  public void happened(SspUnit from, List<SspEvent> events) {
    List.copyOf(devices).forEach(device -> device.happened(from, events));
  }

  @Override
  public void lost(SspUnit gone, Fault why) {
    unit = null;
    List.copyOf(devices).forEach(device -> device.unitLost(gone, why));
  }
}
