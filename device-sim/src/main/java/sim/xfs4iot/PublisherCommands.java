package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// The publisher: tells which services there are, under the host name the client knows us by
/// (sheet, section 9.1). Server's event loop only.
final class PublisherCommands implements CommandSet {
  private static final String VENDOR = "Device simulator";

  private final Collection<Service> services;

  PublisherCommands(Collection<Service> services) {
    this.services = services;
  }

  @Override
  public String name() {
    return "ServicePublisher";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of("GetServices", this::getServices);
  }

  @Override
  public Set<String> events() {
    return Set.of("ServiceDetailEvent");
  }

  private Future<JsonObject> getServices(Call call) {
    JsonArray all = new JsonArray();
    for (Service service : services) {
      String uri = "ws://" + call.client().host() + "/xfs4iot/v1.0/" + service.name() + "/";
      all.add(new JsonObject().put("serviceURI", uri));
    }
    call.event("ServicePublisher.ServiceDetailEvent", details(all));
    return Future.succeededFuture(details(all));
  }

  private static JsonObject details(JsonArray services) {
    return new JsonObject().put("vendorName", VENDOR).put("services", services);
  }
}
