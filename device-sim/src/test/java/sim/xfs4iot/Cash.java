package sim.xfs4iot;

import io.vertx.core.json.JsonObject;

/// Dispense payloads for tests, with tokens as the host would make them.
final class Cash {
  private Cash() {}

  /// A Dispense of so many notes from unit1, unit2 …, under a fresh token for just that amount.
  static JsonObject dispense(TestClient client, int euro, int... counts) {
    String nonce = client.succeed("Common.GetCommandNonce").getString("commandNonce");
    return request(euro, counts).put("token", token(nonce, euro + ".00EUR"));
  }

  static JsonObject request(int euro, int... counts) {
    return new JsonObject().put("denomination", app(euro, counts)).put("position", "outDefault");
  }

  static JsonObject app(int euro, int... counts) {
    JsonObject units = new JsonObject();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) units.put("unit" + (i + 1), counts[i]);
    }
    JsonObject app =
        new JsonObject().put("currencies", new JsonObject().put("EUR", euro)).put("counts", units);
    return new JsonObject().put("denomination", new JsonObject().put("app", app));
  }

  static JsonObject service(Number euro, String mix) {
    JsonObject service =
        new JsonObject().put("currencies", new JsonObject().put("EUR", euro)).put("mix", mix);
    return new JsonObject().put("denomination", new JsonObject().put("service", service));
  }

  /// A token of our host.
  static String token(String nonce, String amount) {
    return DispenseToken.sign(nonce, "DISPENSE1=" + amount + ",", TestMachine.HOST_KEY).text();
  }
}
