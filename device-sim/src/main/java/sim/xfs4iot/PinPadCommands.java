package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimPinPad.Format;

/// The PinPad interface: PIN blocks under a loaded key, never in clear (sheet, section 9.5).
/// Server's event loop only.
final class PinPadCommands implements CommandSet {
  private static final Map<Kind, String> ERRORS =
      Map.of(
          Kind.NO_PIN, "noPin",
          Kind.KEY_NOT_FOUND, "keyNotFound",
          Kind.KEY_NO_VALUE, "keyNoValue",
          Kind.KEY_USE, "useViolation");

  private final SimPinPad pad;

  PinPadCommands(SimPinPad pad) {
    this.pad = pad;
  }

  @Override
  public String name() {
    return "PinPad";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of("GetPinBlock", this::getPinBlock, "Reset", this::reset);
  }

  @Override
  public Set<String> events() {
    return Set.of();
  }

  private Future<JsonObject> getPinBlock(Call call) {
    JsonObject payload = call.payload();
    Format format =
        switch (payload.getString("format")) {
          case "iso0" -> Format.ISO0;
          case "iso3" -> Format.ISO3;
          case "iso4" -> Format.ISO4;
          default -> throw CommandException.error("formatNotSupported", "iso0, iso3 or iso4");
        };
    if (!payload.getString("cryptoMethod", "ecb").equals("ecb")) {
      throw CommandException.error("cryptoMethodNotSupported", "a block of one, by ecb");
    }
    String key = payload.getString("key", "");
    if (key.isEmpty()) {
      throw CommandException.of(
          CompletionCode.UNSUPPORTED_DATA, "no key: a PIN does not leave the pad in clear");
    }
    for (String name : Set.of("xorData", "secondEncKey")) {
      if (payload.getValue(name) != null) {
        throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, "no " + name + " here");
      }
    }
    String customer = payload.getString("customerData");
    if (customer == null) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "customerData: saw nothing");
    }
    return Mechanical.translate(pad.pinBlock(format, customer, key), ERRORS)
        .map(block -> new JsonObject().put("pinBlock", Base64.getEncoder().encodeToString(block)));
  }

  private Future<JsonObject> reset(Call call) {
    return Mechanical.translate(pad.reset(), Map.of()).mapEmpty();
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    JsonObject attributes = new JsonObject();
    for (String algorithm : new String[] {"A", "T"}) {
      attributes.put(algorithm, new JsonObject().put("E", KeyManagementCommands.ecb()));
    }
    Payloads.part(capabilities, "pinPad")
        .put("pinFormats", new JsonObject().put("iso0", true).put("iso3", true).put("iso4", true))
        .put("idcConnect", false)
        .put("pinCanPersistAfterUse", false)
        .put("typeCombined", false)
        .put("setPinblockDataRequired", false)
        .put("pinBlockAttributes", new JsonObject().put("P0", attributes));
  }
}
