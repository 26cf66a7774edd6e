package sim;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import sim.crt310.Crt310;
import sim.escpos.EscPosPrinterWire;
import sim.escpos.Vkp80Wire;
import sim.mechanics.AcceptorBuild;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Faults;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.puloon.Lcdm;
import sim.puloon.Lcdm4000;
import sim.ssp.SspUnit;
import sim.wire.Door;
import sim.wire.Line;
import sim.wire.LineTimers;
import sim.wire.PtyDoor;
import sim.wire.TcpDoor;
import sim.zt598.Zt598;

/// The protocols of bytes that can be played, by the driver's name in devices.yaml.
final class ByteWires {
  static final Set<String> SCHEMES = Set.of("tcp", "pty");

  /// Lets devices, of which most units are one, speak over a line.
  private interface Player {
    void play(List<SimDevice> devices, Line line, LineTimers timers);
  }

  /// Lets one device speak over a line.
  private interface SinglePlayer {
    void play(SimDevice device, Line line, LineTimers timers);
  }

  /// @param faults that it brings, by device
  private record Protocol(Map<String, List<Faults.Kind>> faults, Player player) {
    Protocol(String device, List<Faults.Kind> faults, SinglePlayer player) {
      this(
          Map.of(device, faults),
          (devices, line, timers) -> player.play(devices.getFirst(), line, timers));
    }
  }

  private static final Map<String, Protocol> PROTOCOLS =
      new TreeMap<>(
          Map.of(
              "crt-310",
              new Protocol(
                  "card-reader",
                  Crt310.FAULTS,
                  (device, line, timers) -> new Crt310((SimCardReader) device, line, timers)),
              "puloon-lcdm-4000",
              new Protocol(
                  "cash-dispenser",
                  Lcdm4000.FAULTS,
                  (device, line, timers) -> new Lcdm4000((SimCashDispenser) device, line, timers)),
              "puloon-lcdm",
              new Protocol(
                  "cash-dispenser",
                  Lcdm.FAULTS,
                  (device, line, timers) -> new Lcdm((SimCashDispenser) device, line, timers)),
              "ssp",
              new Protocol(
                  Map.of("cash-dispenser", SspUnit.FAULTS, "cash-acceptor", SspUnit.TAKING_FAULTS),
                  ByteWires::smartPayout),
              "escpos",
              new Protocol(
                  "receipt-printer",
                  EscPosPrinterWire.FAULTS,
                  (device, line, _) -> new EscPosPrinterWire((SimReceiptPrinter) device, line)),
              "zt598",
              new Protocol(
                  "pin-pad",
                  Zt598.FAULTS,
                  (device, line, timers) -> new Zt598((SimPinPad) device, line, timers)),
              "vkp80",
              new Protocol(
                  "receipt-printer",
                  Vkp80Wire.FAULTS,
                  (device, line, timers) ->
                      new Vkp80Wire((SimReceiptPrinter) device, line, timers))));

  private ByteWires() {}

  private static void smartPayout(List<SimDevice> devices, Line line, LineTimers timers) {
    SspUnit unit = SspUnit.smartPayout(line, timers);
    for (SimDevice device : devices) {
      switch (device) {
        case SimCashDispenser dispenser -> unit.pays(dispenser);
        case SimCashAcceptor acceptor -> unit.takes(acceptor);
        default -> throw new IllegalArgumentException("no SMART Payout is a " + device.name());
      }
    }
  }

  static boolean plays(String device, String driver) {
    return drivers(device).contains(driver);
  }

  static List<String> drivers(String device) {
    return PROTOCOLS.entrySet().stream()
        .filter(entry -> entry.getValue().faults().containsKey(device))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The faults that come with a protocol.
  static List<Faults.Kind> faults(String device, String driver) {
    return plays(device, driver) ? PROTOCOLS.get(driver).faults().get(device) : List.of();
  }

  /// How an acceptor behind this protocol is built.
  static AcceptorBuild acceptor(String driver) {
    return driver.equals("ssp") ? AcceptorBuild.ONE_NOTE : AcceptorBuild.BUNCH;
  }

  /// `pty:/var/lib/atm/lcdm?baud=9600`: the speed is the other side's business.
  private static String pathOf(URI at) {
    return at.getSchemeSpecificPart().replaceFirst("\\?.*", "");
  }

  /// The door of the devices that are one unit, closed still; later the plug of any of them opens
  /// and closes it.
  static Door open(Vertx vertx, Context context, List<SimDevice> devices, String driver, URI at) {
    Line line = new Line(devices.stream().map(SimDevice::faults).toList());
    PROTOCOLS.get(driver).player().play(devices, line, LineTimers.of(vertx));
    Door door =
        at.getScheme().equals("pty")
            ? new PtyDoor(context, Path.of(pathOf(at)), line)
            : new TcpDoor(vertx, context, at.getHost(), at.getPort(), line);
    // A hand may be quicker than a socket: the one is done before the other is begun.
    AtomicReference<Future<Void>> last = new AtomicReference<>(Future.succeededFuture());
    for (SimDevice device : devices) {
      device.listen(
          event -> {
            switch (event) {
              case DeviceEvent.Unplugged _ ->
                  last.updateAndGet(before -> before.eventually(door::close));
              case DeviceEvent.Plugged _ ->
                  last.updateAndGet(before -> before.eventually(door::open));
              default -> {}
            }
          });
    }
    return door;
  }
}
