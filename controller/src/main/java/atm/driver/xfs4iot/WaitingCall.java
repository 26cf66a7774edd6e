package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.Fault;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/// A command that waits for a person and so can be ended by `cancel`, at whatever moment that
/// comes: before it is sent, while it runs, when it is over, or twice. For the context of its
/// device.
final class WaitingCall {
  private boolean canceled;
  private Optional<Xfs4IotClient.Call> call = Optional.empty();

  /// Sends the command, unless it was cancelled while it waited for its turn.
  Future<Message> send(String what, Supplier<Xfs4IotClient.Call> sending) {
    if (canceled) {
      return Future.failedFuture(
          new DeviceException(
              new Fault(Fault.Code.CANCELED, what + ": cancelled before it began")));
    }
    call = Optional.of(sending.get());
    return call.get().completion();
  }

  Future<Void> cancel(Xfs4IotClient client) {
    canceled = true;
    return call.map(client::cancel).orElse(Future.succeededFuture());
  }
}
