package atm.driver;

import static atm.device.Awaiting.await;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import sim.Customer;
import sim.Settings;
import sim.Simulator;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.xfs4iot.Dialect;

/// One device played by the simulator over a wire of bytes, mechanics taking no time, and its
/// driver, found as in earnest.
public final class PlayedMachine implements AutoCloseable {
  /// The card that customers bring.
  public static final Customer ALICE =
      new Customer(
          "alice",
          "Alice Martin",
          "4000001234567899",
          YearMonth.of(2029, 12),
          "1234",
          "good",
          "1000000008");

  private static final int HAND_TRIES = 5000;
  private static final long HAND_EVERY_MS = 5;

  private final Vertx vertx = Vertx.vertx();
  private final Simulator simulator;
  private final Device device;
  private final SimDevice mechanics;
  private final URI there;

  /// @param at where it is played; a port of 0 takes a free one
  public PlayedMachine(
      Path folder, DeviceKind kind, String driver, URI at, List<String> cassettes) {
    this(folder, kind, driver, at, cassettes, Map.of());
  }

  /// @param cassettes such as `C1 10 EUR 1000`
  public PlayedMachine(
      Path folder,
      DeviceKind kind,
      String driver,
      URI at,
      List<String> cassettes,
      Map<String, String> settings) {
    List<DeviceEntry.Cassette> ours = cassettes.stream().map(PlayedMachine::cassette).toList();
    List<Cassette> theirs =
        ours.stream()
            .map(
                c ->
                    new Cassette(
                        c.id(),
                        Denomination.parse(c.note().toString().replace(".00", "")),
                        c.count()))
            .toList();
    simulator =
        await(
            Simulator.start(
                vertx,
                new Settings(
                    0,
                    0,
                    0,
                    Dialect.SPEC,
                    folder,
                    List.of(new Settings.Played(kind.key(), driver, at, theirs)),
                    List.of(ALICE))));
    mechanics = simulator.devices().get(kind.key());
    there =
        at.getPort() == 0 ? URI.create("tcp://localhost:" + simulator.wirePort(kind.key())) : at;
    DeviceEntry entry = new DeviceEntry(kind.key(), driver, there, ours, settings, 1);
    device = driver(driver).create(kind, entry, vertx);
    if (device instanceof ChecksOrders checks) checks.trust(TestTokens.hostKey());
    device.open();
    Awaiting.awaitState(device, DeviceStatus.State.ONLINE, DeviceStatus.State.FAULT);
  }

  /// Where it is played.
  public URI at() {
    return there;
  }

  public Device device() {
    return device;
  }

  public SimDevice mechanics() {
    return mechanics;
  }

  public SimCashDispenser dispenser() {
    return (SimCashDispenser) mechanics;
  }

  public <T> T look(Callable<T> at) {
    return await(simulator.call(at));
  }

  public void hand(Runnable act) {
    look(
        () -> {
          act.run();
          return null;
        });
  }

  /// A hand at the mechanics, as soon as the machine lets it: a slot opens when a command has come
  /// through the wire.
  public void handWhenPossible(Runnable act) {
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
    await(device.close());
    await(simulator.close());
    await(vertx.close());
  }

  private static Driver driver(String name) {
    return ServiceLoader.load(Driver.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(driver -> driver.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static DeviceEntry.Cassette cassette(String words) {
    String[] word = words.split(" ");
    return new DeviceEntry.Cassette(
        word[0], Money.parse(word[1] + " " + word[2]), Integer.parseInt(word[3]));
  }
}
