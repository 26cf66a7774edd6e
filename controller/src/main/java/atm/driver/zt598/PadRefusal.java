package atm.driver.zt598;

import atm.device.Fault;
import java.io.IOException;

/// A return code that is none of success, with what the sheet says of it.
final class PadRefusal extends IOException {
  private final int code;

  PadRefusal(int code) {
    super("return code %02X, %s".formatted(code, meaning(code)));
    this.code = code;
  }

  /// The key that is named is not in the unit, or not what it should be.
  boolean isAboutKeys() {
    return code >= 0xE1 && code <= 0xE7;
  }

  /// Nothing but a person helps.
  boolean isLasting() {
    return switch (code) {
      case 0xDD, 0xED, 0xFB, 0xFF -> true;
      default -> false;
    };
  }

  Fault.Code faultCode() {
    return switch (code) {
      case 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xEC, 0xED, 0xDD, 0xF9, 0xFB, 0xFF ->
          Fault.Code.SECURITY;
      case 0xE8, 0xE9, 0xEB -> Fault.Code.PROTOCOL;
      case 0xEE -> Fault.Code.TIMEOUT;
      default -> Fault.Code.HARDWARE;
    };
  }

  private static String meaning(int code) {
    return switch (code) {
      case 0xE0 -> "its battery is low";
      case 0xE1 -> "its IMK is missing";
      case 0xE2 -> "its master key is missing; load it first";
      case 0xE3 -> "wrong length of a key";
      case 0xE4 -> "the key slot is empty";
      case 0xE5 -> "the key is missing or of another type";
      case 0xE6 -> "the parity of a key is wrong";
      case 0xE7 -> "the check value of a key is wrong";
      case 0xE8 -> "wrong length of the command";
      case 0xE9 -> "wrong data";
      case 0xEA -> "wrong code or information";
      case 0xEB -> "wrong parameter";
      case 0xEC -> "it wants to be authenticated to first";
      case 0xED -> "locked";
      case 0xEE -> "the time for the input is over";
      case 0xEF -> "a general error";
      case 0xDD -> "it was tampered with";
      case 0xF9 -> "wrong password";
      case 0xFB -> "locked by its password";
      case 0xFF -> "its removal switch is open";
      default -> "of which the sheet says nothing";
    };
  }
}
