package atm.driver.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Asks a service what it can do: the first command on a connection, sent before any version is
/// agreed, and so in each version there is until one is understood (§5).
final class Capabilities {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private Capabilities() {}

  static Future<JsonObject> ask(Xfs4IotClient client) {
    return ask(client, List.of("2.0", "3.0", "1.0"));
  }

  /// What `deviceInformation` says of the first device, which is the one the others are part of.
  static String identity(JsonObject capabilities) {
    if (!(capabilities.getValue("common") instanceof JsonObject common
        && common.getValue("deviceInformation") instanceof JsonArray all
        && !all.isEmpty()
        && all.getValue(0) instanceof JsonObject device)) {
      return "";
    }
    List<String> said = new ArrayList<>();
    if (device.getValue("modelName") instanceof String model) said.add(model);
    if (device.getValue("serialNumber") instanceof String serial) said.add("serial " + serial);
    if (device.getValue("revisionNumber") instanceof String revision) {
      said.add("revision " + revision);
    }
    return String.join(", ", said);
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
