package atm;

import atm.config.DeviceEntry;
import atm.device.CashAcceptor;
import atm.device.CashDispenser;
import atm.device.Device;
import atm.device.DeviceStatus;
import atm.device.PinPad;
import atm.device.ReceiptPrinter;
import atm.driver.Drivers;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks at a device from the socket inwards, as a technician does: is the port there, may it be
/// opened, does the device answer, what is it, how is it, what has it counted. Opens it as the
/// controller does at its start, asks it to do nothing more, and says for each red line what to do.
/// Blocks.
final class Doctor {
  /// Longer than any driver takes to prepare its device.
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  private final Vertx vertx;
  private final Drivers drivers;
  private final Optional<KeyTest> keyTest;

  /// Without anybody at a terminal.
  Doctor(Vertx vertx, Drivers drivers) {
    this(vertx, drivers, Optional.empty());
  }

  /// @param keyTest for keypads, where somebody can press keys
  Doctor(Vertx vertx, Drivers drivers, Optional<KeyTest> keyTest) {
    this.vertx = vertx;
    this.drivers = drivers;
    this.keyTest = keyTest;
  }

  enum Mark {
    GOOD,
    /// Serves, but wants a person's attention.
    WARNING,
    BAD
  }

  /// One line of a report.
  ///
  /// @param todo what to do about it; empty where nothing is to be done
  record Finding(Mark mark, String what, String seen, String todo) {
    static Finding good(String what, String seen) {
      return new Finding(Mark.GOOD, what, seen, "");
    }

    static Finding bad(String what, String seen, String todo) {
      return new Finding(Mark.BAD, what, seen, todo);
    }
  }

  List<Finding> examine(DeviceEntry entry) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    if (isFile(entry.at())) {
      Finding port = port(Path.of(pathOf(entry.at())), !entry.at().getScheme().equals("evdev"));
      findings.add(port);
      if (port.mark == Mark.BAD) return findings;
    }
    Device device = drivers.create(entry, vertx);
    try {
      ask(device, entry, findings);
    } finally {
      settled(device.close());
    }
    return findings;
  }

  private void ask(Device device, DeviceEntry entry, List<Finding> findings)
      throws InterruptedException {
    Seen seen = seenOf(device);
    DeviceStatus status = seen.last;
    if (status.state() == DeviceStatus.State.OFFLINE
        || status.state() == DeviceStatus.State.STARTING) {
      findings.add(Finding.bad("answers", status.detail(), adviceTo(entry, seen)));
      return;
    }
    String identity = device.identity();
    findings.add(
        Finding.good(
            "answers",
            (identity.isEmpty() ? "it does not say what it is" : identity) + lineOf(entry.at())));
    findings.add(
        status.canServe()
            ? Finding.good("status", status.detail())
            : Finding.bad("status", status.detail(), "see to the device, then ask again"));
    for (String warning : status.warnings()) {
      findings.add(new Finding(Mark.WARNING, "status", warning, adviceTo(device)));
    }
    if (!status.canServe()) return;
    counters(device, findings);
    if (keyTest.isPresent() && device instanceof PinPad pad && !pad.capabilities().encrypts()) {
      findings.add(keyTest.get().of(pad));
    }
  }

  /// The first thing that is known for certain, and whether the wire came up on the way there.
  private record Seen(DeviceStatus last, boolean connected) {}

  private Seen seenOf(Device device) throws InterruptedException {
    CompletableFuture<Seen> known = new CompletableFuture<>();
    List<DeviceStatus> all = new ArrayList<>();
    device.onStatus(
        status -> {
          all.add(status);
          if (status.state() != DeviceStatus.State.STARTING) {
            known.complete(new Seen(status, all.size() > 1));
          }
        });
    device.open();
    try {
      return known.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException silent) {
      return new Seen(device.status(), device.status().state() == DeviceStatus.State.STARTING);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void counters(Device device, List<Finding> findings) throws InterruptedException {
    switch (device) {
      case CashDispenser dispenser when !dispenser.capabilities().counters() ->
          findings.add(Finding.good("counts", "none of its own: the books count for it"));
      case CashDispenser dispenser ->
          findings.add(
              counted(
                  dispenser
                      .cashUnits()
                      .map(
                          units ->
                              units.stream()
                                  .map(unit -> words(unit.id(), unit.count(), unit.note()))
                                  .toList())));
      case CashAcceptor acceptor when !acceptor.capabilities().countsBins() ->
          findings.add(Finding.good("counts", "none of its own: the books count for it"));
      case CashAcceptor acceptor ->
          findings.add(
              counted(
                  acceptor
                      .cashUnits()
                      .map(
                          units ->
                              units.stream()
                                  .map(unit -> words(unit.id(), unit.count(), Optional.empty()))
                                  .toList())));
      case ReceiptPrinter printer when !printer.capabilities().answers() ->
          findings.add(
              new Finding(
                  Mark.WARNING,
                  "paper",
                  "it only listens, and cannot say whether it prints",
                  "look at its paper now and then"));
      case ReceiptPrinter printer -> {
        Finding counters =
            counted(printer.counters().map(all -> all.stream().map(Object::toString).toList()));
        if (!counters.seen.isEmpty()) findings.add(counters);
      }
      default -> {
        // counts nothing
      }
    }
  }

  private static String words(String unit, int count, Optional<Money> note) {
    return unit + ": " + count + note.map(money -> " × " + money).orElse("");
  }

  private static Finding counted(Future<List<String>> asked) throws InterruptedException {
    try {
      List<String> units =
          asked
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return Finding.good("counts", String.join(", ", units));
    } catch (ExecutionException | TimeoutException failed) {
      Throwable why = failed instanceof ExecutionException ? failed.getCause() : failed;
      return Finding.bad("counts", why.getMessage(), "ask again; look at `./atm trace`");
    }
  }

  private static void settled(Future<?> closing) throws InterruptedException {
    try {
      closing.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException stuck) {
      // The program ends soon, and with it whatever it still holds.
    }
  }

  private static String adviceTo(Device device) {
    return device instanceof PinPad pad && !pad.capabilities().encrypts()
        ? "no real PIN may be typed here; on a machine for customers, an encrypting PIN pad"
        : "refill or replace it soon";
  }

  /// The settings of its line, as far as the address has them; a driver's own are in its manual.
  private static String lineOf(URI at) {
    boolean serial = Set.of("serial", "pty", "rfc2217").contains(at.getScheme());
    String[] parts = at.getSchemeSpecificPart().split("\\?", 2);
    return serial && parts.length == 2 ? ", at " + parts[1].replace('&', ' ') : "";
  }

  /// Whether it is at a device file.
  private static boolean isFile(URI at) {
    return Set.of("serial", "pty", "evdev", "gpio").contains(at.getScheme());
  }

  private static String pathOf(URI at) {
    return at.getSchemeSpecificPart().split("\\?", 2)[0];
  }

  /// Whether a device file is there and may be opened by this user.
  static Finding port(Path path) {
    return port(path, true);
  }

  /// @param written whether it is to be written as well
  private static Finding port(Path path, boolean written) {
    if (!Files.exists(path)) {
      boolean dangling = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
      return Finding.bad(
          "port",
          dangling ? path + " leads to nothing" : "there is no " + path,
          "plug the device in and switch it on; ./atm doctor --list names what there is");
    }
    if (Files.isReadable(path) && (!written || Files.isWritable(path))) {
      return Finding.good("port", real(path) + ", may be opened");
    }
    String group = groupOf(path);
    return Finding.bad(
        "port",
        real(path) + " may not be opened by " + System.getProperty("user.name"),
        "join the group that owns it, then sign in again: sudo usermod -aG "
            + group
            + " "
            + System.getProperty("user.name"));
  }

  private static String real(Path path) {
    try {
      Path real = path.toRealPath();
      return real.equals(path) ? path.toString() : path + " (" + real + ")";
    } catch (IOException unreadable) {
      return path.toString();
    }
  }

  private static String groupOf(Path path) {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
    } catch (IOException unreadable) {
      return "dialout";
    }
  }

  private static String adviceTo(DeviceEntry entry, Seen seen) {
    String said = seen.last.detail();
    if (said.contains("in use by another program")) {
      return "stop the program that has it, most likely the controller itself";
    }
    if (!seen.connected && entry.at().getScheme().equals("pcsc")) {
      return "./atm doctor --list names the readers there are";
    }
    if (!seen.connected) {
      return isFile(entry.at())
          ? "look at the port and its settings"
          : "start what should listen there (a simulated device: ./atm sim)";
    }
    return "it is connected, but does not speak as a "
        + entry.driver()
        + " does: look at power, cable, line settings, and at `./atm trace "
        + entry.key()
        + "`";
  }
}
