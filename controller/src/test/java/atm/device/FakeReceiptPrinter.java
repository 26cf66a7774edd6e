package atm.device;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A receipt printer in memory; one receipt at a time can hang out of it.
public final class FakeReceiptPrinter extends FakeDevice implements ReceiptPrinter {
  public enum Trouble {
    PAPER_LOW,
    PAPER_OUT,
    JAM,
    DEAD
  }

  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private final List<List<String>> taken = new ArrayList<>();
  private Optional<List<String>> slot = Optional.empty();
  private int retracted;
  private boolean meansToTake;
  private Wait<Boolean> taking;

  public FakeReceiptPrinter(Vertx vertx) {
    super(vertx);
  }

  // -- hands

  /// Takes the receipt that hangs out, or waits for it.
  public void takeReceipt() {
    hand(
        () -> {
          meansToTake = true;
          takeIfThere();
        });
  }

  public void arm(Trouble trouble) {
    hand(() -> troubles.add(trouble));
  }

  public void clear(Trouble trouble) {
    hand(() -> troubles.remove(trouble));
  }

  /// The receipt that hangs out.
  public Optional<List<String>> slot() {
    return handReading(() -> slot);
  }

  /// The receipts customers have taken, in order.
  public List<List<String>> takenReceipts() {
    return handReading(() -> List.copyOf(taken));
  }

  public int retracted() {
    return handReading(() -> retracted);
  }

  // -- the device

  @Override
  public DeviceKind kind() {
    return DeviceKind.RECEIPT_PRINTER;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(40, true, true, true);
  }

  @Override
  public Future<Void> print(List<String> lines) {
    return command(
        () -> {
          if (health().state() == DeviceStatus.State.FAULT) {
            return failed(Fault.Code.HARDWARE, "receipt-printer: " + health().detail());
          }
          slot = Optional.of(List.copyOf(lines));
          takeIfThere();
          return Future.succeededFuture();
        });
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    return command(
            () -> {
              taking = new Wait<>(within, wait -> wait.complete(false));
              if (slot.isEmpty()) taking.complete(true);
              return Future.succeededFuture(taking.overCuts());
            })
        .compose(Wait::future);
  }

  @Override
  public Future<Void> retract() {
    return command(
        () -> {
          if (slot.isPresent()) retracted++;
          slot = Optional.empty();
          return Future.succeededFuture();
        });
  }

  @Override
  DeviceStatus health() {
    if (troubles.contains(Trouble.DEAD)) return DeviceStatus.fault("hardware error");
    if (troubles.contains(Trouble.JAM)) return DeviceStatus.fault("paper jammed");
    if (troubles.contains(Trouble.PAPER_OUT)) return DeviceStatus.fault("paper out");
    return troubles.contains(Trouble.PAPER_LOW)
        ? new DeviceStatus(DeviceStatus.State.ONLINE, "ready", List.of("paper low"))
        : DeviceStatus.online();
  }

  @Override
  void forget() {}

  private void takeIfThere() {
    if (!meansToTake || slot.isEmpty()) return;
    meansToTake = false;
    taken.add(slot.get());
    slot = Optional.empty();
    if (taking != null && !taking.isOver()) taking.complete(true);
  }
}
