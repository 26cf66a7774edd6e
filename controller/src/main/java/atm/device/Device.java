package atm.device;

import io.vertx.core.Future;
import java.util.function.Consumer;

/// One device of the machine. Runs on the Vert.x context it was opened on; may be called from any
/// thread. Runs one command at a time: a second one waits for its turn.
public sealed interface Device
    permits CardReader, PinPad, CashDispenser, CashAcceptor, ReceiptPrinter {
  DeviceKind kind();

  /// What is known of the device now, without asking it.
  DeviceStatus status();

  /// Model and firmware, as the device itself says; empty until it has, and where it never does.
  default String identity() {
    return "";
  }

  /// Tells `listener` of every later change of status, on the device's context. Run what it answers
  /// with to be told no more.
  Runnable onStatus(Consumer<DeviceStatus> listener);

  /// Connects, and keeps the device connected until `close`. Completes at once.
  void open();

  /// Brings the device back to a state in which it can serve, without moving a card or a note out
  /// of its reach. Fails with the fault that stays.
  Future<Void> reset();

  /// Ends what runs with `OFFLINE` and lets go of the wire. Completes when nothing is held any
  /// more.
  Future<Void> close();
}
