package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.PadKey;
import sim.mechanics.SimPinPad;

/// The KeyManagement interface: working keys come in wrapped under the pad's key-encryption key,
/// are listed without their values, and can be wiped (sheet, section 9.5). Server's event loop
/// only.
final class KeyManagementCommands implements CommandSet {
  private static final Map<Kind, String> IMPORT_ERRORS =
      Map.of(
          Kind.KEY_NOT_FOUND, "keyNotFound",
          Kind.KEY_NO_VALUE, "keyNoValue",
          Kind.KEY_USE, "useViolation",
          Kind.KEY_VALUE, "invalidKeyLength",
          Kind.BIN_FULL, "noKeyRam");

  private final Service service;
  private final SimPinPad pad;

  KeyManagementCommands(Service service, SimPinPad pad) {
    this.service = service;
    this.pad = pad;
  }

  @Override
  public String name() {
    return "KeyManagement";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "ImportKey", this::importKey,
        "GetKeyDetail", this::getKeyDetail,
        "DeleteKey", this::deleteKey,
        "Initialization", this::initialization,
        "Reset", this::reset);
  }

  @Override
  public Set<String> events() {
    return Set.of("InitializedEvent");
  }

  private Future<JsonObject> importKey(Call call) {
    JsonObject payload = call.payload();
    JsonObject attributes = payload.getJsonObject("keyAttributes");
    if (attributes == null || payload.getString("value") == null) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "wanted keyAttributes and value");
    }
    for (String name : Set.of("keyUsage", "algorithm", "modeOfUse")) {
      if (attributes.getString(name) == null) {
        throw CommandException.of(CompletionCode.INVALID_DATA, "keyAttributes without " + name);
      }
    }
    String check = checkMethod(payload);
    if (payload.getString("decryptKey") == null) {
      throw CommandException.error("accessDenied", "keys come in wrapped, never in clear");
    }
    if (!payload.getString("decryptMethod", "ecb").equals("ecb")) {
      throw CommandException.error("cryptoMethodNotSupported", "keys are wrapped by ecb");
    }
    byte[] wrapped = Base64.getDecoder().decode(payload.getString("value"));
    Future<PadKey> imported =
        pad.importKey(
            payload.getString("key"),
            attributes.getString("keyUsage"),
            attributes.getString("algorithm"),
            attributes.getString("modeOfUse"),
            payload.getString("decryptKey"),
            wrapped);
    return Mechanical.translate(imported, IMPORT_ERRORS).map(key -> imported(key, check));
  }

  private static String checkMethod(JsonObject payload) {
    JsonObject verify = payload.getJsonObject("verifyAttributes", new JsonObject());
    String method = verify.getString("cryptoMethod", "kcvNone");
    boolean known = method.equals("kcvNone") || method.equals("kcvZero");
    if (!known
        || payload.getBoolean("constructing", false)
        || payload.getValue("verificationData") != null
        || payload.getValue("verifyKey") != null) {
      throw CommandException.of(
          CompletionCode.UNSUPPORTED_DATA, "whole keys only, checked by kcvZero or not at all");
    }
    return method;
  }

  private static JsonObject imported(PadKey key, String check) {
    JsonObject told = new JsonObject().put("keyLength", key.bits());
    if (check.equals("kcvNone")) return told;
    return told.put("verificationData", Base64.getEncoder().encodeToString(key.kcv()))
        .put(
            "verifyAttributes",
            new JsonObject()
                .put("keyUsage", "00")
                .put("algorithm", key.algorithm())
                .put("modeOfUse", "V")
                .put("cryptoMethod", "kcvZero"));
  }

  private Future<JsonObject> getKeyDetail(Call call) {
    String wanted = call.payload().getString("keyName");
    JsonObject details = new JsonObject();
    for (PadKey key : pad.keys()) {
      if (wanted == null || wanted.equals(key.name())) details.put(key.name(), detail(key));
    }
    if (wanted != null && details.isEmpty()) {
      throw CommandException.error("keyNotFound", "no such key");
    }
    return Future.succeededFuture(new JsonObject().put("keyDetails", details));
  }

  private static JsonObject detail(PadKey key) {
    return new JsonObject()
        .put("loaded", "yes")
        .put(
            "keyBlockInfo",
            new JsonObject()
                .put("keyUsage", key.usage())
                .put("algorithm", key.algorithm())
                .put("modeOfUse", key.modeOfUse())
                .put("exportability", "N")
                .put("keyLength", key.bits()));
  }

  private Future<JsonObject> deleteKey(Call call) {
    refuseAuthentication(call);
    String key = call.payload().getString("key");
    if (key == null) throw CommandException.of(CompletionCode.INVALID_DATA, "key: saw nothing");
    return Mechanical.translate(pad.deleteKey(key), Map.of())
        .map(
            deleted -> {
              if (!deleted) throw CommandException.error("keyNotFound", "no such working key");
              return null;
            });
  }

  private Future<JsonObject> initialization(Call call) {
    refuseAuthentication(call);
    return Mechanical.translate(pad.initialize(), Map.of())
        .map(
            _ -> {
              service.unsolicited("KeyManagement.InitializedEvent", null);
              return null;
            });
  }

  private static void refuseAuthentication(Call call) {
    if (call.payload().getValue("authentication") != null) {
      throw CommandException.of(
          CompletionCode.UNSUPPORTED_DATA, "this pad cannot check an authentication");
    }
  }

  private Future<JsonObject> reset(Call call) {
    return Mechanical.translate(pad.reset(), Map.of()).mapEmpty();
  }

  /// One way of enciphering, as the capabilities spell it.
  static JsonObject ecb() {
    return new JsonObject().put("cryptoMethod", new JsonObject().put("ecb", true));
  }

  @Override
  public void status(JsonObject status) {
    String state =
        pad.keys().isEmpty() ? "notInitialized" : pad.keys().size() == 1 ? "initialized" : "ready";
    Payloads.part(status, "keyManagement")
        .put("encryptionState", state)
        .put("certificateState", "notReady");
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    JsonObject algorithms = new JsonObject();
    JsonObject verify = new JsonObject();
    for (String algorithm : new String[] {"A", "T"}) {
      algorithms.put(algorithm, new JsonObject().put("E", new JsonObject()));
      verify.put(
          algorithm,
          new JsonObject()
              .put(
                  "V",
                  new JsonObject().put("cryptoMethod", new JsonObject().put("kcvZero", true))));
    }
    Payloads.part(capabilities, "keyManagement")
        .put("keyNum", SimPinPad.KEYS_MAX)
        .put("keyCheckModes", new JsonObject().put("zero", true))
        .put("keyImportThroughParts", false)
        .put("desKeyLength", new JsonObject().put("double", true))
        .put("symmetricKeyManagementMethods", new JsonObject().put("masterKey", true))
        .put("keyAttributes", new JsonObject().put("P0", algorithms))
        .put(
            "decryptAttributes",
            new JsonObject()
                .put("A", new JsonObject().put("decryptMethod", new JsonObject().put("ecb", true))))
        .put("verifyAttributes", new JsonObject().put("00", verify));
  }
}
