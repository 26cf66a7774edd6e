package atm.console;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/// Lets in what was opened on this machine and by pages of ours: a loopback `Host`, and for a
/// request with an `Origin` that very host. Stands before the bridge too, whose own check sees
/// WebSockets only.
final class LocalOnly implements Handler<RoutingContext> {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  @Override
  public void handle(RoutingContext request) {
    // Of HTTP/2 too, which has no Host header.
    HostAndPort authority = request.request().authority();
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    if (authority == null || !LOOPBACK.contains(authority.host())) {
      refuse(request, "this machine serves its own browser only");
    } else if (origin != null && !origin.equals("http://" + authority)) {
      refuse(request, "this machine serves its own pages only");
    } else {
      request.next();
    }
  }

  private static void refuse(RoutingContext request, String why) {
    request.response().setStatusCode(403).end(why);
  }
}
