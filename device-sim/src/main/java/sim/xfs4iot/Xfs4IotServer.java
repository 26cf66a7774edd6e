package sim.xfs4iot;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sim.mechanics.DeviceEvent;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;

/// The WebSocket end of the services: the publisher at `/xfs4iot/v1.0/`, each service below it by
/// name (sheet, section 1). Everything runs on the one context given, and so do the services.
public final class Xfs4IotServer {
  /// KAL's limit; the largest honest message, a receipt with a picture, is a tenth of it.
  static final int MESSAGE_MAX = 2 * 1024 * 1024;

  /// A service has one controller and perhaps a monitor; 64 bounds what a runaway can hold.
  static final int CLIENTS_MAX = 64;

  private static final String ROOT = "/xfs4iot/v1.0/";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Vertx vertx;
  private final Context context;
  private final String host;
  private final int port;
  private final Dialect dialect;
  private final MessageTable table = MessageTable.load();
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Service> services = new TreeMap<>();
  private final Service publisher;
  private WireTap tap = (_, _, _) -> {};
  private HttpServer server;

  /// A server without services yet; port 0 takes a free one. All of it lives on `context`.
  public Xfs4IotServer(Vertx vertx, Context context, String host, int port, Dialect dialect) {
    this.vertx = vertx;
    this.context = context;
    this.host = host;
    this.port = port;
    this.dialect = dialect;
    publisher = new Service("publisher", vertx, table, dialect);
    publisher.serve(new PublisherCommands(services.values()));
  }

  /// Lets `tap` hear the wires of all devices served from now on.
  public Xfs4IotServer tap(WireTap tap) {
    this.tap = tap;
    return this;
  }

  /// Serves a card reader under `name`; like its sisters, called before [#start].
  public Xfs4IotServer serve(String name, SimCardReader reader) {
    Service service = add(name);
    service
        .serve(common(service, reader, "SimCardReader"))
        .serve(new CardReaderCommands(service, reader))
        .serve(new StorageCommands(service, new CardUnits(reader)));
    return wire(service, reader);
  }

  public Xfs4IotServer serve(String name, SimPinPad pad) {
    Service service = add(name);
    service
        .serve(common(service, pad, "SimPinPad"))
        .serve(new KeyboardCommands(pad))
        .serve(new PinPadCommands(pad))
        .serve(new KeyManagementCommands(service, pad))
        .serve(new CryptoCommands(random));
    return wire(service, pad);
  }

  /// Serves a dispenser, which dispenses only on tokens of the host that shares `keys`.
  public Xfs4IotServer serve(String name, SimCashDispenser dispenser, SecurityKeys keys) {
    Service service = add(name);
    CashUnits units = new CashUnits(dispenser);
    Exchange exchange = new Exchange();
    EndToEndSecurity security =
        new EndToEndSecurity(
            vertx,
            keys,
            random,
            why ->
                service.unsolicited(
                    "Common.NonceClearedEvent", new JsonObject().put("reasonDescription", why)));
    CommonCommands common = common(service, dispenser, "SimCashDispenser");
    service
        .serve(common)
        .serve(new SecurityCommands(security))
        .serve(new CashDispenserCommands(dispenser, units, exchange, security))
        .serve(new CashManagementCommands(service, dispenser, units, exchange))
        .serve(new CashStorageCommands(service, dispenser, units, exchange, common));
    return wire(service, dispenser);
  }

  public Xfs4IotServer serve(String name, SimCashAcceptor acceptor) {
    Service service = add(name);
    AcceptorUnits units = new AcceptorUnits(acceptor);
    service
        .serve(common(service, acceptor, "SimCashAcceptor"))
        .serve(new CashAcceptorCommands(acceptor, units))
        .serve(new AcceptorManagementCommands(service, acceptor, units))
        .serve(new StorageCommands(service, units));
    return wire(service, acceptor);
  }

  public Xfs4IotServer serve(String name, SimReceiptPrinter printer) {
    Service service = add(name);
    service
        .serve(common(service, printer, "SimReceiptPrinter"))
        .serve(new PrinterCommands(service, printer));
    return wire(service, printer);
  }

  private Service add(String name) {
    Service service = new Service(name, vertx, table, dialect);
    if (services.putIfAbsent(name.toLowerCase(Locale.ROOT), service) != null) {
      throw new IllegalArgumentException("two services of the name " + name);
    }
    service.tap(tap);
    return service;
  }

  private static CommonCommands common(Service service, SimDevice device, String model) {
    return new CommonCommands(service, new CommonCommands.Identity(model, "0001"), device);
  }

  /// What befalls any device befalls its wire.
  private Xfs4IotServer wire(Service service, SimDevice device) {
    device.listen(
        event -> {
          switch (event) {
            case DeviceEvent.PowerLost _ -> service.powerLost();
            case DeviceEvent.Unplugged _ -> service.cut();
            case DeviceEvent.PowerBack _, DeviceEvent.Plugged _ -> {
              if (device.powered() && device.plugged()) service.restore();
            }
            case DeviceEvent.StatusChanged _ -> service.changed();
            default -> {}
          }
        });
    service.changed(); // what is so now is news to nobody
    if (!device.powered() || !device.plugged()) service.cut();
    return this;
  }

  /// Listens; fails when the port is taken.
  public Future<Void> start() {
    return onContext(
        () -> {
          HttpServerOptions options =
              new HttpServerOptions()
                  .setHost(host)
                  .setPort(port)
                  .setMaxWebSocketMessageSize(MESSAGE_MAX)
                  .setMaxWebSocketFrameSize(MESSAGE_MAX);
          server =
              vertx
                  .createHttpServer(options)
                  .webSocketHandshakeHandler(this::handshake)
                  .webSocketHandler(this::connected)
                  .requestHandler(
                      request ->
                          request.response().setStatusCode(400).end("WebSocket wanted here\n"));
          return server.listen().mapEmpty();
        });
  }

  /// The port really listened on.
  public int port() {
    return server.actualPort();
  }

  public Future<Void> stop() {
    return onContext(() -> server == null ? Future.succeededFuture() : server.close());
  }

  private Future<Void> onContext(java.util.function.Supplier<Future<Void>> work) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> work.get().onComplete(done));
    return done.future();
  }

  private void handshake(ServerWebSocketHandshake handshake) {
    String origin = handshake.headers().get("Origin");
    Service service = service(handshake.path());
    if (origin != null && !isLoopback(origin)) handshake.reject(403);
    else if (service == null) handshake.reject(404);
    else if (!service.isReachable()) handshake.reject(503);
    else if (service.clientCount() >= CLIENTS_MAX) handshake.reject(503);
    else handshake.accept();
  }

  private static boolean isLoopback(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The service at a path, or null; the case of letters and a last slash do not matter.
  private Service service(String path) {
    String wanted = path.toLowerCase(Locale.ROOT);
    if (!wanted.endsWith("/")) wanted += "/";
    if (!wanted.startsWith(ROOT)) return null;
    String name = wanted.substring(ROOT.length());
    return name.isEmpty() ? publisher : services.get(name.substring(0, name.length() - 1));
  }

  private void connected(ServerWebSocket socket) {
    Service service = service(socket.path());
    // Between handshake and here the plug may have been pulled or the last place taken.
    if (service == null || !service.isReachable() || service.clientCount() >= CLIENTS_MAX) {
      socket.close((short) 1013);
      return;
    }
    Client client = new Client(socket, service::sent);
    socket.textMessageHandler(text -> service.received(client, text));
    socket.binaryMessageHandler(bytes -> service.received(client, text(bytes)));
    // A frame that breaks the WebSocket rules ends the connection; the close handler tidies up.
    socket.exceptionHandler(_ -> client.cut());
    socket.closeHandler(_ -> service.disconnected(client));
    service.connected(client);
  }

  /// Binary frames hold UTF-8, as KAL takes them; bytes that are none become text that is no JSON.
  private static String text(Buffer bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }
}
