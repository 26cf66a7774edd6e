package sim.xfs4iot;

import io.vertx.core.Future;
import java.util.Map;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;

/// Turns what mechanics fail with into what a completion says. Stateless; any thread.
final class Mechanical {
  private Mechanical() {}

  /// The act, failing with the command's own error where `errors` has one for the fault's kind,
  /// else with a generic completion code.
  static <T> Future<T> translate(Future<T> act, Map<Kind, String> errors) {
    return act.recover(cause -> Future.failedFuture(translate(cause, errors)));
  }

  private static Throwable translate(Throwable cause, Map<Kind, String> errors) {
    if (!(cause instanceof MechanicalFault fault)) return cause;
    if (fault.kind() == Kind.REPLY_LOST) return new Service.ReplyLost();
    String error = errors.get(fault.kind());
    return error == null
        ? CommandException.of(code(fault.kind()), fault.getMessage())
        : CommandException.error(error, fault.getMessage());
  }

  private static CompletionCode code(Kind kind) {
    return switch (kind) {
      case POWER_LOST -> CompletionCode.DEVICE_NOT_READY;
      case CANCELED -> CompletionCode.CANCELED;
      case BUSY, OCCUPIED, NO_ITEMS, ITEMS_LEFT -> CompletionCode.SEQUENCE_ERROR;
      case CUSTOMER_DATA, KEY_VALUE, UNKNOWN_UNIT -> CompletionCode.INVALID_DATA;
      case TOO_MANY_ITEMS -> CompletionCode.UNSUPPORTED_DATA;
      default -> CompletionCode.HARDWARE_ERROR;
    };
  }
}
