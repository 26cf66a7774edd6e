package atm.driver.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/// Asks a service what it can do: the first command on a connection, sent before any version is
/// agreed, and so in each version there is until one is understood (§5).
final class Capabilities {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private Capabilities() {}

  static Future<JsonObject> ask(Xfs4IotClient client) {
    return ask(client, List.of("2.0", "3.0", "1.0"));
  }

  private static Future<JsonObject> ask(Xfs4IotClient client, List<String> versions) {
    return client
        .start("Common.Capabilities", versions.getFirst(), null, WITHIN, _ -> {})
        .completion()
        .compose(
            completion -> {
              if (completion.isSuccess()) return Future.succeededFuture(completion.payload());
              boolean another =
                  completion.code().orElse("").matches("unsupportedCommand|invalidCommand");
              return another && versions.size() > 1
                  ? ask(client, versions.subList(1, versions.size()))
                  : Future.failedFuture(Faults.exception(completion));
            });
  }
}
