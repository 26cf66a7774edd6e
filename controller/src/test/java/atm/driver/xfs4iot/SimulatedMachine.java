package atm.driver.xfs4iot;

import static atm.device.Awaiting.await;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.link.Backoff;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import sim.Customer;
import sim.Settings;
import sim.Simulator;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.xfs4iot.Dialect;

/// The whole simulated machine over loopback, mechanics taking no time, with a tap on its wire,
/// and one device of it driven by us.
final class SimulatedMachine implements AutoCloseable {
  static final String HOST_KEY = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
  static final String DEVICE_KEY =
      "202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F";
  static final String KEK = "404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F";
  private static final int HAND_TRIES = 1000;
  private static final long HAND_EVERY_MS = 5;
  static final Customer ALICE =
      new Customer(
          "alice",
          "Alice Martin",
          "4000001234567899",
          YearMonth.of(2029, 12),
          "1234",
          "good",
          "1000000008");

  private static final List<Cassette> CASSETTES =
      List.of(
          new Cassette("C1", Denomination.parse("10 EUR"), 1000),
          new Cassette("C2", Denomination.parse("20 EUR"), 2000),
          new Cassette("C3", Denomination.parse("50 EUR"), 1000));

  static final List<DeviceEntry.Cassette> OURS =
      List.of(
          new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 1000),
          new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 2000),
          new DeviceEntry.Cassette("C3", Money.parse("50 EUR"), 1000));

  private static final List<String> NOTES = List.of("10 EUR", "20 EUR", "50 EUR", "100 EUR");

  private final Vertx vertx = Vertx.vertx();
  private final Simulator simulator;
  private final WireTap tap;
  private final Device device;
  private final SimDevice mechanics;

  SimulatedMachine(Path folder, DeviceKind kind) {
    this(folder, kind, Dialect.SPEC, OURS);
  }

  SimulatedMachine(
      Path folder, DeviceKind kind, Dialect dialect, List<DeviceEntry.Cassette> cassettes) {
    writeKeys(folder);
    URI at = URI.create("ws://localhost:0/xfs4iot/v1.0/" + kind.key());
    simulator =
        await(
            Simulator.start(
                vertx,
                new Settings(0, 0, 0, dialect, folder, List.of(played(kind, at)), List.of(ALICE))));
    mechanics = simulator.devices().get(kind.key());
    tap = new WireTap(vertx, simulator.wirePort(kind.key()));
    device = drive(kind, URI.create("ws://localhost:" + tap.port() + at.getPath()), cassettes);
  }

  Device drive(DeviceKind kind, URI at, List<DeviceEntry.Cassette> cassettes) {
    Xfs4IotDriver driver =
        new Xfs4IotDriver(
            () -> new Backoff(new Random(1), Duration.ofMillis(5), Duration.ofMillis(20)));
    Device driven = driver.create(kind, entry(kind, at, cassettes), vertx);
    driven.open();
    Awaiting.awaitState(driven, DeviceStatus.State.ONLINE, DeviceStatus.State.FAULT);
    return driven;
  }

  private static Settings.Played played(DeviceKind kind, URI at) {
    return kind == DeviceKind.CASH_ACCEPTOR
        ? new Settings.Played(
            kind.key(),
            "xfs4iot",
            at,
            List.of(),
            NOTES.stream().map(Denomination::parse).toList(),
            List.of(new DepositBin("D1", 2000)))
        : new Settings.Played(kind.key(), at, CASSETTES);
  }

  private static DeviceEntry entry(DeviceKind kind, URI at, List<DeviceEntry.Cassette> cassettes) {
    return kind == DeviceKind.CASH_ACCEPTOR
        ? new DeviceEntry(
            kind.key(),
            "xfs4iot",
            at,
            List.of(),
            NOTES.stream().map(Money::parse).toList(),
            List.of(new DeviceEntry.Bin("D1", 2000)),
            Map.of(),
            1)
        : new DeviceEntry(kind.key(), "xfs4iot", at, cassettes, 1);
  }

  Device device() {
    return device;
  }

  WireTap tap() {
    return tap;
  }

  /// An address at the machine itself, past the tap.
  URI past(String path) {
    return URI.create("ws://localhost:" + simulator.wirePort(device.kind().key()) + path);
  }

  /// A hand at the mechanics, as soon as the machine lets it: the slot opens when a command has
  /// come through the wire, a key is live when the pad was told so.
  void hand(Runnable act) {
    await(tryTo(act, HAND_TRIES));
  }

  <T> T look(Callable<T> at) {
    return await(simulator.call(at));
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

  SimCardReader reader() {
    return (SimCardReader) mechanics;
  }

  SimPinPad pad() {
    return (SimPinPad) mechanics;
  }

  SimCashDispenser dispenser() {
    return (SimCashDispenser) mechanics;
  }

  SimCashAcceptor acceptor() {
    return (SimCashAcceptor) mechanics;
  }

  SimReceiptPrinter printer() {
    return (SimReceiptPrinter) mechanics;
  }

  @Override
  public void close() {
    await(device.close());
    await(simulator.close());
    await(vertx.close());
  }

  private static void writeKeys(Path folder) {
    try {
      Files.writeString(
          folder.resolve("device.keys"),
          "XFSAuthenticateHost="
              + HOST_KEY
              + "\nXFSAuthenticateDevice="
              + DEVICE_KEY
              + "\nKEK01="
              + KEK
              + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
