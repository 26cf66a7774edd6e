package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.link.MessageConnector;
import atm.link.UpgradeRefused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the service of a device: at the address given; or, when that is a publisher's or nobody
/// serves there, among the services the publisher names (§1, §9.1), the first that has the
/// interface looked for.
final class Discovery {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /// One machine has some ten services; a longer list is no list of this machine's.
  private static final int SERVICES_MAX = 64;

  private static final String ROOT = "/xfs4iot/v1.0/";

  private final Vertx vertx;
  private final MessageConnector connector;
  private final URI at;
  private final String wanted;

  Discovery(Vertx vertx, MessageConnector connector, URI at, String wanted) {
    this.vertx = vertx;
    this.connector = connector;
    this.at = at;
    this.wanted = wanted;
  }

  Future<Xfs4IotClient> connect() {
    if (isRoot(at)) return throughPublisher(at);
    return open(at)
        .recover(
            failure ->
                failure instanceof UpgradeRefused
                    ? throughPublisher(at.resolve(ROOT))
                    : Future.failedFuture(failure));
  }

  static boolean isRoot(URI at) {
    String path = at.getPath();
    return (path.endsWith("/") ? path : path + "/").equalsIgnoreCase(ROOT);
  }

  private Future<Xfs4IotClient> open(URI service) {
    return connector.connect(service, CONNECT_WITHIN).map(link -> new Xfs4IotClient(vertx, link));
  }

  private Future<Xfs4IotClient> throughPublisher(URI root) {
    return open(root)
        .compose(publisher -> servicesOf(publisher).eventually(() -> publisher.close(done())))
        .compose(services -> firstWithInterface(services.iterator().next(), rest(services)));
  }

  private Future<List<URI>> servicesOf(Xfs4IotClient publisher) {
    Set<URI> found = new LinkedHashSet<>();
    return publisher
        .start(
            "ServicePublisher.GetServices", null, ANSWER_WITHIN, event -> addServices(event, found))
        .completion()
        .map(
            completion -> {
              if (!completion.isSuccess()) throw Faults.exception(completion);
              addServices(completion, found);
              if (found.isEmpty()) throw new DeviceException(none("names no service at all"));
              return List.copyOf(found);
            });
  }

  private void addServices(Message message, Set<URI> found) {
    for (Object each : message.payload().getJsonArray("services", new JsonArray())) {
      if (!(each instanceof JsonObject service) || found.size() >= SERVICES_MAX) continue;
      Message.text(service, "serviceURI").map(URI::create).ifPresent(found::add);
    }
  }

  private Future<Xfs4IotClient> firstWithInterface(URI service, List<URI> others) {
    return open(service)
        .compose(
            client ->
                Capabilities.ask(client)
                    .map(Versions::listedIn)
                    .compose(
                        versions ->
                            versions.has(wanted)
                                ? Future.succeededFuture(client)
                                : client
                                    .close(done())
                                    .compose(_ -> next(others, "has no " + wanted))))
        .recover(
            failure ->
                failure instanceof IOException
                    ? next(others, failure.getMessage())
                    : Future.failedFuture(failure));
  }

  private Future<Xfs4IotClient> next(List<URI> others, String why) {
    return others.isEmpty()
        ? Future.failedFuture(new DeviceException(none("names no service for it; the last " + why)))
        : firstWithInterface(others.getFirst(), rest(others));
  }

  private static List<URI> rest(List<URI> services) {
    return new ArrayList<>(services.subList(1, services.size()));
  }

  private Fault none(String why) {
    return new Fault(Fault.Code.OFFLINE, at + ": the publisher " + why);
  }

  private static Fault done() {
    return new Fault(Fault.Code.OFFLINE, "discovery is over");
  }
}
