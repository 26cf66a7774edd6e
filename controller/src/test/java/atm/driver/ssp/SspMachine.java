package atm.driver.ssp;

import static atm.device.Awaiting.await;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.CashAcceptor;
import atm.device.CashDispenser;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.driver.ChecksOrders;
import atm.link.Deadlines;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import sim.Settings;
import sim.Simulator;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.xfs4iot.Dialect;

/// One SMART Payout played by the simulator over a wire of bytes, mechanics taking no time, as the
/// devices that a test wants it to be, and its driver.
final class SspMachine implements AutoCloseable {
  private static final int HAND_TRIES = 5000;
  private static final long HAND_EVERY_MS = 5;
  private static final List<String> NOTES = List.of("10 EUR", "20 EUR", "50 EUR", "100 EUR");

  private final Vertx vertx = Vertx.vertx();
  private final Simulator simulator;
  private final Path folder;
  private final Map<String, String> settings;
  private final URI there;
  private final Map<DeviceKind, Device> devices = new EnumMap<>(DeviceKind.class);

  /// @param at where it is played; a port of 0 takes a free one
  SspMachine(Path folder, URI at, Map<String, String> settings, DeviceKind... kinds) {
    this.folder = folder;
    this.settings = settings;
    List<Settings.Played> played = List.of(kinds).stream().map(kind -> played(kind, at)).toList();
    simulator =
        await(
            Simulator.start(vertx, new Settings(0, 0, 0, Dialect.SPEC, folder, played, List.of())));
    there =
        at.getPort() == 0
            ? URI.create("tcp://localhost:" + simulator.wirePort(kinds[0].key()))
            : at;
    start(kinds);
  }

  private void start(DeviceKind... kinds) {
    SspDriver driver = new SspDriver(_ -> this::quickly);
    for (DeviceKind kind : kinds) {
      Device device = driver.create(kind, entry(kind), vertx);
      if (device instanceof ChecksOrders checks) checks.trust(TestTokens.hostKey());
      devices.put(kind, device);
    }
    devices.values().forEach(Device::open);
    devices.values().forEach(device -> Awaiting.awaitState(device, DeviceStatus.State.ONLINE));
  }

  /// As after a crash of the controller: the driver is new, the unit is as it was.
  void controllerStartsAgain() {
    devices.values().forEach(device -> await(device.close()));
    start(devices.keySet().toArray(DeviceKind[]::new));
  }

  /// Polls follow each other without a pause; what is waited for as long as ever is a reply.
  private Runnable quickly(Duration within, Runnable over) {
    boolean pause = within.equals(SspUnit.POLL_EVERY);
    return Deadlines.of(vertx).after(pause ? Duration.ofMillis(5) : within, over);
  }

  private static Settings.Played played(DeviceKind kind, URI at) {
    boolean pays = kind == DeviceKind.CASH_DISPENSER;
    return new Settings.Played(
        kind.key(),
        "ssp",
        at,
        pays
            ? List.of(
                new Cassette("C1", Denomination.parse("10 EUR"), 1000),
                new Cassette("C2", Denomination.parse("20 EUR"), 2000))
            : List.of(),
        pays ? List.of() : NOTES.stream().map(Denomination::parse).toList(),
        pays ? List.of() : List.of(new DepositBin("D1", 500)));
  }

  private DeviceEntry entry(DeviceKind kind) {
    boolean pays = kind == DeviceKind.CASH_DISPENSER;
    return new DeviceEntry(
        kind.key(),
        "ssp",
        there,
        pays
            ? List.of(
                new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 1000),
                new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 2000))
            : List.of(),
        pays ? List.of() : NOTES.stream().map(Money::parse).toList(),
        pays ? List.of() : List.of(new DeviceEntry.Bin("D1", 500)),
        settings,
        1,
        Optional.of(folder));
  }

  CashAcceptor acceptor() {
    return (CashAcceptor) devices.get(DeviceKind.CASH_ACCEPTOR);
  }

  CashDispenser dispenser() {
    return (CashDispenser) devices.get(DeviceKind.CASH_DISPENSER);
  }

  SimCashAcceptor taking() {
    return (SimCashAcceptor) simulator.devices().get("cash-acceptor");
  }

  SimCashDispenser paying() {
    return (SimCashDispenser) simulator.devices().get("cash-dispenser");
  }

  <T> T look(Callable<T> at) {
    return await(simulator.call(at));
  }

  void hand(Runnable act) {
    look(
        () -> {
          act.run();
          return null;
        });
  }

  /// A hand at the mechanics, as soon as the machine lets it: a slot opens some time after the
  /// command for it came through the wire.
  void handWhenPossible(Runnable act) {
    await(tryTo(act, HAND_TRIES));
  }

  private Future<Void> tryTo(Runnable act, int tries) {
    Future<Void> done =
        simulator.call(
            () -> {
              act.run();
              return null;
            });
    return done.recover(
        failure ->
            failure instanceof ImpossibleAct && tries > 1
                ? vertx.timer(HAND_EVERY_MS).compose(_ -> tryTo(act, tries - 1))
                : Future.failedFuture(failure));
  }

  @Override
  public void close() {
    devices.values().forEach(device -> await(device.close()));
    await(simulator.close());
    await(vertx.close());
  }
}
