package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.device.Fault.Code;

/// What the codes of a completion mean as faults (§4), one place for all commands.
final class Faults {
  private Faults() {}

  static DeviceException exception(Message completion) {
    return new DeviceException(of(completion));
  }

  static Fault of(Message completion) {
    return new Fault(codeOf(completion), completion.name() + ": " + completion.failure());
  }

  private static Code codeOf(Message completion) {
    String code = completion.code().orElse("success");
    return switch (code) {
      case "commandErrorCode" -> ownCode(completion.errorCode().orElse(""));
      case "timeOut" -> Code.TIMEOUT;
      case "canceled" -> Code.CANCELED;
      case "deviceNotReady" -> Code.OFFLINE;
      case "sequenceError", "tooManyRequests" -> Code.SEQUENCE;
      case "hardwareError", "userError", "fraudAttempt", "internalError", "notEnoughSpace" ->
          Code.HARDWARE;
      case "invalidCommand", "unsupportedCommand", "unsupportedData" -> Code.UNSUPPORTED;
      case "authorizationRequired",
          "authorisationRequired",
          "noCommandNonce",
          "invalidToken",
          "invalidTokenNonce",
          "invalidTokenHMAC",
          "invalidTokenFormat",
          "invalidTokenKeyNoValue" ->
          Code.SECURITY;
      // invalidData, invalidMessage, invalidRequestID, and what no release knows
      default -> Code.PROTOCOL;
    };
  }

  private static Code ownCode(String errorCode) {
    return switch (errorCode) {
      case "entryTimeout" -> Code.TIMEOUT;
      case "noMedia",
          "noMediaPresent",
          "occupied",
          "noItems",
          "itemsLeft",
          "itemsTaken",
          "exchangeActive",
          "noPin",
          "positionNotEmpty",
          "cashInActive",
          "noCashInActive",
          "sequenceInvalid" ->
          Code.SEQUENCE;
      case "keyNotFound",
          "keyNoValue",
          "useViolation",
          "accessDenied",
          "duplicateKey",
          "invalidKeyLength",
          "invalidValue",
          "signatureInvalid",
          "dukptOverflow" ->
          Code.SECURITY;
      case "formatNotSupported",
          "algorithmNotSupported",
          "modeNotSupported",
          "cryptoMethodNotSupported",
          "keyNotSupported",
          "unsupportedPosition",
          "notDispensable",
          "tooManyItems",
          "invalidCurrency",
          "invalidDenomination",
          "invalidMixNumber" ->
          Code.UNSUPPORTED;
      default -> Code.HARDWARE;
    };
  }
}
