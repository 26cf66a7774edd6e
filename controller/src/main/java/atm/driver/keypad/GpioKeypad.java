package atm.driver.keypad;

import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.LinkFaults;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.LineAddress;
import atm.link.LineConnector;
import atm.link.LineLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A matrix keypad at GPIO pins, scanned for as long as it is connected. Nothing is told of what is
/// down at the start, and a line that is all down cannot be fingers: it is shorted.
final class GpioKeypad extends SoftPinPad<LineLink> {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// Contacts bounce up to so long.
  private static final Duration BOUNCE = Duration.ofMillis(20);

  /// Two fingers may be at one line by accident.
  private static final int SHORTED_MIN = 3;

  private final LineAddress address;
  private final LineConnector connector;
  private final Deadlines deadlines;
  private final KeyLayout layout;
  private final Duration scanEvery;
  private Runnable stopScanning = () -> {};
  private Set<String> troubled = Set.of();

  GpioKeypad(
      Vertx vertx,
      LineAddress address,
      LineConnector connector,
      Deadlines deadlines,
      Backoff backoff,
      KeyLayout layout,
      Duration scanEvery) {
    super(vertx, deadlines, backoff, layout.keys());
    this.address = address;
    this.connector = connector;
    this.deadlines = deadlines;
    this.layout = layout;
    this.scanEvery = scanEvery;
  }

  @Override
  protected Future<LineLink> connect() {
    return connector.open(CONNECT_WITHIN);
  }

  @Override
  protected Future<DeviceStatus> prepare(LineLink link) {
    link.ended().onSuccess(why -> lost(link, LinkFaults.of(kind(), why)));
    identify(
        "matrix of %d rows and %d columns at %s"
            .formatted(address.rows().size(), address.columns().size(), address));
    return link.scan()
        .map(
            first -> {
              troubled = namesOf(first);
              troubled.forEach(stuck()::stays);
              MatrixKeys keys = new MatrixKeys(scansInARow(), first, this::pressed, this::down);
              scanLater(link, keys);
              return health();
            });
  }

  @Override
  Future<Void> letGo(LineLink link, Fault why) {
    stopScanning.run();
    link.fail(new IOException(why.detail()));
    return link.close();
  }

  @Override
  protected Future<Void> release() {
    return connector.close();
  }

  private int scansInARow() {
    return Math.toIntExact(Math.ceilDiv(BOUNCE.toMillis(), scanEvery.toMillis()));
  }

  private void scanLater(LineLink link, MatrixKeys keys) {
    stopScanning =
        deadlines.after(
            scanEvery,
            () ->
                link.scan()
                    .onSuccess(
                        down -> {
                          keys.scanned(down);
                          scanLater(link, keys);
                        }));
  }

  private void pressed(int key) {
    layout.meaning(key).ifPresent(this::pressed);
  }

  private void down(long keys) {
    Set<String> now = namesOf(keys);
    Set<String> before = troubled;
    troubled = now;
    before.stream().filter(name -> !now.contains(name)).forEach(stuck()::released);
    for (String name : now) {
      if (before.contains(name)) continue;
      if (isLine(name)) stuck().stays(name);
      else stuck().pressed(name);
    }
  }

  /// What is down, as lines where all of one is, else as keys.
  private Set<String> namesOf(long keys) {
    int width = address.columns().size();
    int height = address.rows().size();
    Set<String> names = new TreeSet<>();
    long told = 0;
    for (int row = 0; row < height; row++) {
      long line = (1L << width) - 1 << row * width;
      if (width >= SHORTED_MIN && (keys & line) == line) {
        names.add(shorted("row", row, address.rows()));
        told |= line;
      }
    }
    for (int column = 0; column < width; column++) {
      long line = 0;
      for (int row = 0; row < height; row++) line |= 1L << row * width + column;
      if (height >= SHORTED_MIN && (keys & line) == line) {
        names.add(shorted("column", column, address.columns()));
        told |= line;
      }
    }
    for (int key = 0; key < width * height; key++) {
      if ((keys & ~told & 1L << key) != 0) names.add("key " + layout.printedOn(key));
    }
    return names;
  }

  private static String shorted(String what, int line, List<Integer> pins) {
    return "all of " + what + " " + (line + 1) + ", pin " + pins.get(line) + " (shorted),";
  }

  private static boolean isLine(String name) {
    return name.startsWith("all of ");
  }
}
