package atm.driver.ssp;

import atm.device.Fault;

/// Why a unit did not begin a payout: the reasons after `F5`, in words.
final class PayoutRefusal {
  private PayoutRefusal() {}

  /// That nothing has moved, and nothing will.
  static boolean isCertain(byte[] answer) {
    return switch (answer[0] & 0xFF) {
      case SspData.NOT_KNOWN, SspData.WRONG_COUNT, SspData.OUT_OF_RANGE, SspData.NOT_PROCESSED ->
          true;
      default -> false;
    };
  }

  /// @param answer that it cannot be processed
  static Fault of(byte[] answer) {
    int reason = answer.length > 1 ? answer[1] & 0xFF : -1;
    String why =
        switch (reason) {
          case -1 -> "there is no payout unit";
          // The maker's two guides word it differently.
          case 1 -> "not enough value, or a note that its dataset does not have";
          case 2 -> "it cannot pay exactly that";
          case 3 -> "it is busy";
          case 4 -> "it is disabled";
          default -> "reason %02X".formatted(reason);
        };
    return new Fault(Fault.Code.HARDWARE, "cash-dispenser: payout refused, " + why);
  }
}
