package atm.console;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Set;

/// Lets in what was opened on this machine and by pages of ours: a loopback `Host`, and for a
/// request with an `Origin` that very host. Stands before the bridge too, whose own check sees
/// WebSockets only.
final class LocalOnly implements Handler<RoutingContext> {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  @Override
  public void handle(RoutingContext request) {
    String host = request.request().getHeader(HttpHeaders.HOST);
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    if (host == null || !LOOPBACK.contains(withoutPort(host))) {
      refuse(request, "this machine serves its own browser only");
    } else if (origin != null && !sameHost(origin, host)) {
      refuse(request, "this machine serves its own pages only");
    } else {
      request.next();
    }
  }

  private static boolean sameHost(String origin, String host) {
    try {
      return host.equals(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException noOrigin) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d{1,5}$", "");
  }

  private static void refuse(RoutingContext request, String why) {
    request.response().setStatusCode(403).end(why);
  }
}
