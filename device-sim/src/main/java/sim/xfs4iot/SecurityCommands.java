package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/// The commands of Common about end-to-end security, for a service that has it. Server's event
/// loop only.
final class SecurityCommands implements CommandSet {
  private final EndToEndSecurity security;

  SecurityCommands(EndToEndSecurity security) {
    this.security = security;
  }

  @Override
  public String name() {
    return "Common";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "GetCommandNonce", this::getCommandNonce, "ClearCommandNonce", this::clearCommandNonce);
  }

  @Override
  public Set<String> events() {
    return Set.of("NonceClearedEvent");
  }

  private Future<JsonObject> getCommandNonce(Call call) {
    return Future.succeededFuture(new JsonObject().put("commandNonce", security.commandNonce()));
  }

  private Future<JsonObject> clearCommandNonce(Call call) {
    security.clear("cleared by command");
    return Future.succeededFuture();
  }

  @Override
  public void status(JsonObject status) {
    Payloads.part(status, "common")
        .put("endToEndSecurity", security.keys().host().isPresent() ? "enforced" : "notConfigured");
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "common")
        .put(
            "endToEndSecurity",
            new JsonObject()
                .put("required", "always")
                .put("hardwareSecurityElement", false)
                .put("responseSecurityEnabled", "ifConfigured")
                .put("commands", new JsonArray().add("CashDispenser.Dispense"))
                .put("commandNonceTimeout", EndToEndSecurity.NONCE_TIMEOUT_SECONDS));
  }

  @Override
  public void powerLost() {
    security.forget();
  }
}
