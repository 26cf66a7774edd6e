package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/// The Crypto interface, as far as a PIN pad for our sessions needs it: random numbers. Server's
/// event loop only.
final class CryptoCommands implements CommandSet {
  private static final int RANDOM_BYTES = 8;

  private final SecureRandom random;

  CryptoCommands(SecureRandom random) {
    this.random = random;
  }

  @Override
  public String name() {
    return "Crypto";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of("GenerateRandom", this::generateRandom);
  }

  @Override
  public Set<String> events() {
    return Set.of();
  }

  private Future<JsonObject> generateRandom(Call call) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Future.succeededFuture(
        new JsonObject().put("randomNumber", Base64.getEncoder().encodeToString(bytes)));
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "crypto");
  }
}
