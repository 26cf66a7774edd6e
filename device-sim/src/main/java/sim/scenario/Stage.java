package sim.scenario;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// The simulated machine as a scenario's hands find it. Call it on the mechanics' context.
public interface Stage {
  /// Does an act of the back door. Throws `ImpossibleAct` for what cannot be done now, and
  /// `IllegalArgumentException` for what can never be.
  void act(String device, String action, JsonObject body);

  JsonObject state();

  /// The PIN of a card in the wallet.
  Optional<String> pinOf(String card);

  /// Completes once hands have moved from one thing to the next.
  Future<Void> reach();
}
