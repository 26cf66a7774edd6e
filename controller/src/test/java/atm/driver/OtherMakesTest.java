package atm.driver;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.Awaiting;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.DeviceStatus.State;
import atm.device.TestTokens;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.Settings;
import sim.Simulator;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.xfs4iot.Dialect;

/// A driver whose port leads to a device of another make: it is not taken into service, what was
/// wanted and seen is said, and it serves as soon as its own device is there.
class OtherMakesTest {
  private static final URI ANYWHERE = URI.create("tcp://localhost:0");

  private enum Make {
    LCDM(DeviceKind.CASH_DISPENSER, "puloon-lcdm"),
    LCDM_4000(DeviceKind.CASH_DISPENSER, "puloon-lcdm-4000"),
    SSP(DeviceKind.CASH_DISPENSER, "ssp"),
    CRT_310(DeviceKind.CARD_READER, "crt-310"),
    ZT598(DeviceKind.PIN_PAD, "zt598"),
    EPSON(DeviceKind.RECEIPT_PRINTER, "escpos"),
    VKP80(DeviceKind.RECEIPT_PRINTER, "vkp80");

    private final DeviceKind kind;
    private final String driver;

    Make(DeviceKind kind, String driver) {
      this.kind = kind;
      this.driver = driver;
    }

    /// A VKP80III takes all that a plain ESC/POS printer is told.
    boolean understands(Make theirs) {
      return this == theirs || this == EPSON && theirs == VKP80;
    }
  }

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final NetClient wires = vertx.createNetClient();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  /// All beside one another, since most of it is waiting for an answer that does not come.
  @Test
  void noDeviceIsTakenForAnotherAndTheRightOneIsServedOnceItIsThere() {
    List<Future<Void>> meetings = new ArrayList<>();
    for (Make ours : Make.values()) {
      for (Make theirs : Make.values()) {
        if (!ours.understands(theirs)) meetings.add(meet(ours, theirs));
      }
    }
    assertThat(meetings).hasSize(41);
    await(Future.join(meetings));
  }

  private Future<Void> meet(Make ours, Make theirs) {
    return vertx.executeBlocking(() -> meets(ours, theirs), false);
  }

  private Void meets(Make ours, Make theirs) {
    String meeting = ours + " at the port of " + theirs;
    Path files = folder.resolve(ours + "-" + theirs);
    Simulator other = plays(theirs, files);
    AtomicInteger leadsTo = new AtomicInteger(other.wirePort(theirs.kind.key()));
    NetServer port = await(port(leadsTo));
    URI at = URI.create("tcp://localhost:" + port.actualPort());
    Device device = driver(ours, at);
    List<State> states = new CopyOnWriteArrayList<>();
    device.onStatus(status -> states.add(status.state()));
    device.open();

    DeviceStatus refused =
        Awaiting.awaitStatus(
            device,
            status ->
                status.state() == State.ONLINE
                    || status.state() == State.OFFLINE && isSaid(status.detail()));
    assertThat(states).as(meeting).doesNotContain(State.ONLINE, State.FAULT);
    assertThat(refused.detail()).as(meeting).startsWith(ours.kind.key() + ": ");
    Simulator right = plays(ours, files.resolve("right"));
    leadsTo.set(right.wirePort(ours.kind.key()));
    await(other.close());
    Awaiting.awaitState(device, State.ONLINE);
    await(device.close());
    await(port.close());
    await(right.close());
    return null;
  }

  /// Of an exchange that failed, not of a port that is closed.
  private static boolean isSaid(String detail) {
    return detail.contains("no acknowledgement")
        || detail.contains("no reply to")
        || detail.contains("no answer to")
        || detail.contains("in a reply")
        || detail.contains("another device, or another speed");
  }

  /// Where the driver is connected; what is behind it changes.
  private Future<NetServer> port(AtomicInteger leadsTo) {
    return vertx
        .createNetServer()
        .connectHandler(
            near -> {
              near.pause();
              wires
                  .connect(leadsTo.get(), "localhost")
                  .onSuccess(
                      far -> {
                        near.pipeTo(far);
                        far.pipeTo(near);
                      })
                  .onFailure(_ -> near.close());
            })
        .listen(0, "localhost");
  }

  private Simulator plays(Make make, Path files) {
    return await(
        Simulator.start(
            vertx,
            new Settings(
                0,
                0,
                0,
                Dialect.SPEC,
                files,
                List.of(
                    new Settings.Played(
                        make.kind.key(),
                        make.driver,
                        ANYWHERE,
                        List.of(new Cassette("C1", Denomination.parse("10 EUR"), 100)))),
                List.of(PlayedMachine.ALICE))));
  }

  private Device driver(Make make, URI at) {
    Driver driver =
        ServiceLoader.load(Driver.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(make.driver))
            .findFirst()
            .orElseThrow();
    DeviceEntry entry =
        new DeviceEntry(
            make.kind.key(),
            make.driver,
            at,
            List.of(new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 100)),
            Map.of(),
            1);
    Device device = driver.create(make.kind, entry, vertx);
    if (device instanceof ChecksOrders checks) checks.trust(TestTokens.hostKey());
    return device;
  }
}
