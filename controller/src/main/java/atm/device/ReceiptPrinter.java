package atm.device;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/// A receipt printer: prints lines, cuts, and holds the receipt out.
public non-sealed interface ReceiptPrinter extends Device {
  Capabilities capabilities();

  /// Prints and presents one receipt. Fails with the fault; whether half of it is printed then is
  /// the customer's loss of paper, not of money.
  Future<Void> print(List<String> lines);

  /// Waits until the receipt is taken; `false` when it still hangs there after `within`.
  Future<Boolean> taken(Duration within);

  /// Draws a receipt that was left back in.
  Future<Void> retract();

  /// What it counted in its life, for who looks after it; nothing where it counts nothing, or does
  /// not tell.
  default Future<List<Counter>> counters() {
    return Future.succeededFuture(List.of());
  }

  /// @param of such as `cuts`
  record Counter(long count, String of) {
    @Override
    public String toString() {
      return count + " " + of;
    }
  }

  /// @param columns characters a line
  /// @param answers whether it says how it is and when it has printed; one that only listens is
  /// taken at its word
  record Capabilities(int columns, boolean retract, boolean takenSensor, boolean answers) {}
}
