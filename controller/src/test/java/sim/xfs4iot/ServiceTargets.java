package sim.xfs4iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.driver.PlayedMachine;
import atm.fuzz.PlayedWire;
import atm.fuzz.Target;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sim.mechanics.Card;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.Key;
import sim.mechanics.Paper;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.xfs4iot.MessageTable.Strictness;

/// The simulator's XFS4IoT services: whatever messages come, a line each, all that is said to them
/// is as the table of messages has it.
public final class ServiceTargets {
  private static final MessageTable TABLE = MessageTable.load();
  private static final Denomination TEN = Denomination.parse("10 EUR");
  private static final Card CARD = PlayedMachine.ALICE.card();

  private interface Play {
    void play(PlayedWire wire, Service service, String[] messages);
  }

  private ServiceTargets() {}

  public static List<Target> all() {
    return List.of(
        service("card-reader-service", ServiceTargets::reader),
        service("pin-pad-service", ServiceTargets::pad),
        service("cash-dispenser-service", ServiceTargets::dispenser),
        service("cash-acceptor-service", ServiceTargets::acceptor),
        service("receipt-printer-service", ServiceTargets::printer));
  }

  private static Target service(String name, Play play) {
    return new Target(
        name,
        4096,
        _ -> false,
        bytes -> {
          PlayedWire wire = new PlayedWire();
          Service service = new Service(name, wire.withTimers(), TABLE, Dialect.SPEC);
          play.play(wire, service, new String(bytes, UTF_8).split("\n"));
        });
  }

  private static void play(
      PlayedWire wire, Service service, String[] messages, List<Runnable> hands) {
    Client client = new Client(socket(), ServiceTargets::judge);
    service.connected(client);
    for (String message : messages) {
      service.received(client, message);
      wire.rest();
      hands.forEach(wire::hand);
    }
    service.disconnected(client);
    wire.rest();
    wire.letTimePass();
  }

  private static void judge(JsonObject said) {
    JsonObject read = Json.read(said.encode());
    Object code = read.getJsonObject("header").getValue("completionCode");
    if ("internalError".equals(code)) throw new AssertionError(said.encode());
    // A failure comes without the payload of a success, which the table holds mandatory.
    List<String> complaints =
        TABLE.complaints(read, Strictness.WRITING).stream()
            .filter(complaint -> code == null || !complaint.startsWith("payload."))
            .toList();
    if (!complaints.isEmpty()) throw new AssertionError(complaints + " in " + said);
  }

  private static ServerWebSocket socket() {
    boolean[] closed = {false};
    return (ServerWebSocket)
        Proxy.newProxyInstance(
            ServerWebSocket.class.getClassLoader(),
            new Class<?>[] {ServerWebSocket.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "isClosed" -> closed[0];
                  case "writeQueueFull" -> false;
                  case "authority" -> null;
                  case "writeTextMessage" -> Future.succeededFuture();
                  case "close" -> {
                    closed[0] = true;
                    yield Future.succeededFuture();
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static CommonCommands common(Service service, SimDevice device) {
    return new CommonCommands(service, new CommonCommands.Identity("Sim", "0001"), device);
  }

  private static void reader(PlayedWire wire, Service service, String[] messages) {
    SimCardReader reader =
        new SimCardReader(wire.pace(), wire.memory("card-reader"), Map.of(CARD.id(), CARD));
    service
        .serve(common(service, reader))
        .serve(new CardReaderCommands(service, reader))
        .serve(new StorageCommands(service, new CardUnits(reader)));
    play(wire, service, messages, List.of(() -> reader.insert(CARD), reader::take));
  }

  private static void pad(PlayedWire wire, Service service, String[] messages) {
    SimPinPad pad =
        new SimPinPad(
            wire.pace(), wire.memory("pin-pad"), Optional.of(new byte[32]), new SecureRandom());
    service
        .serve(common(service, pad))
        .serve(new KeyboardCommands(pad))
        .serve(new PinPadCommands(pad))
        .serve(new KeyManagementCommands(service, pad))
        .serve(new CryptoCommands(new SecureRandom()));
    List<Runnable> presses =
        List.of(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER).stream()
            .map(key -> (Runnable) () -> pad.press(key))
            .toList();
    play(wire, service, messages, presses);
  }

  private static void dispenser(PlayedWire wire, Service service, String[] messages) {
    SimCashDispenser dispenser =
        new SimCashDispenser(
            wire.pace(), wire.memory("cash-dispenser"), List.of(new Cassette("C1", TEN, 100)));
    CashUnits units = new CashUnits(dispenser);
    Exchange exchange = new Exchange();
    EndToEndSecurity security =
        new EndToEndSecurity(
            wire.withTimers(),
            new SecurityKeys(Optional.empty(), Optional.empty()),
            new SecureRandom(),
            _ -> {});
    CommonCommands common = common(service, dispenser);
    service
        .serve(common)
        .serve(new SecurityCommands(security))
        .serve(new CashDispenserCommands(dispenser, units, exchange, security))
        .serve(new CashManagementCommands(service, dispenser, units, exchange))
        .serve(new CashStorageCommands(service, dispenser, units, exchange, common));
    play(wire, service, messages, List.of(dispenser::take));
  }

  private static void acceptor(PlayedWire wire, Service service, String[] messages) {
    SimCashAcceptor acceptor =
        new SimCashAcceptor(
            wire.pace(),
            wire.memory("cash-acceptor"),
            List.of(TEN),
            List.of(new DepositBin("D1", 100)));
    AcceptorUnits units = new AcceptorUnits(acceptor);
    service
        .serve(common(service, acceptor))
        .serve(new CashAcceptorCommands(acceptor, units))
        .serve(new AcceptorManagementCommands(service, acceptor, units))
        .serve(new StorageCommands(service, units));
    play(
        wire,
        service,
        messages,
        List.of(() -> acceptor.insert(List.of(Paper.parse("10 EUR"))), acceptor::take));
  }

  private static void printer(PlayedWire wire, Service service, String[] messages) {
    SimReceiptPrinter printer = new SimReceiptPrinter(wire.pace(), wire.memory("receipt-printer"));
    service.serve(common(service, printer)).serve(new PrinterCommands(service, printer));
    play(wire, service, messages, List.of(printer::take));
  }
}
