package sim.xfs4iot;

import java.util.Optional;

/// The generic completion codes (sheet, section 4), each with its word on the wire.
public enum CompletionCode {
  SUCCESS("success"),
  COMMAND_ERROR_CODE("commandErrorCode"),
  CANCELED("canceled"),
  DEVICE_NOT_READY("deviceNotReady"),
  HARDWARE_ERROR("hardwareError"),
  INTERNAL_ERROR("internalError"),
  INVALID_COMMAND("invalidCommand"),
  INVALID_REQUEST_ID("invalidRequestID"),
  TIME_OUT("timeOut"),
  UNSUPPORTED_COMMAND("unsupportedCommand"),
  INVALID_DATA("invalidData"),
  USER_ERROR("userError"),
  UNSUPPORTED_DATA("unsupportedData"),
  FRAUD_ATTEMPT("fraudAttempt"),
  SEQUENCE_ERROR("sequenceError"),
  AUTHORISATION_REQUIRED("authorisationRequired"),
  AUTHORIZATION_REQUIRED("authorizationRequired"),
  NO_COMMAND_NONCE("noCommandNonce"),
  INVALID_TOKEN("invalidToken"),
  INVALID_TOKEN_NONCE("invalidTokenNonce"),
  INVALID_TOKEN_HMAC("invalidTokenHMAC"),
  INVALID_TOKEN_FORMAT("invalidTokenFormat"),
  INVALID_TOKEN_KEY_NO_VALUE("invalidTokenKeyNoValue"),
  NOT_ENOUGH_SPACE("notEnoughSpace");

  private final String word;

  CompletionCode(String word) {
    this.word = word;
  }

  /// The word on the wire.
  public String word() {
    return word;
  }

  static Optional<CompletionCode> of(Object word) {
    for (CompletionCode code : values()) if (code.word.equals(word)) return Optional.of(code);
    return Optional.empty();
  }
}
