package sim.xfs4iot;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import sim.mechanics.Card;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.Pace;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.mechanics.StateFile;
import sim.xfs4iot.MessageTable.Strictness;

/// The five devices behind a real server on a free loopback port, with hands to play with them.
final class TestMachine implements AutoCloseable {
  static final Card ALICE =
      new Card(
          "alice",
          "Alice Martin",
          "4000001234567899=29122010000012300000".getBytes(StandardCharsets.US_ASCII));
  static final byte[] HOST_KEY = sequence(0);
  static final byte[] DEVICE_KEY = sequence(32);
  static final byte[] KEK = sequence(64);

  final Vertx vertx = Vertx.vertx();
  final SimCardReader reader;
  final SimPinPad pad;
  final SimCashDispenser dispenser;
  final SimCashAcceptor acceptor;
  final SimReceiptPrinter printer;
  final Xfs4IotServer server;
  private final Context context = vertx.getOrCreateContext();
  private final List<TestClient> clients = new ArrayList<>();

  TestMachine(Path folder) {
    this(folder, Dialect.SPEC, 0, SecurityKeys.of(HOST_KEY, DEVICE_KEY));
  }

  TestMachine(Path folder, Dialect dialect, double speed, SecurityKeys keys) {
    Pace pace = new Pace(vertx, context, speed);
    reader = new SimCardReader(pace, file(folder, "reader"), Map.of("alice", ALICE));
    pad = new SimPinPad(pace, file(folder, "pad"), Optional.of(KEK), new SecureRandom());
    dispenser =
        new SimCashDispenser(
            pace,
            file(folder, "dispenser"),
            List.of(cassette("C1", "10 EUR"), cassette("C2", "20 EUR"), cassette("C3", "50 EUR")));
    acceptor =
        new SimCashAcceptor(
            pace,
            file(folder, "acceptor"),
            List.of(Denomination.parse("20 EUR"), Denomination.parse("50 EUR")),
            List.of(new DepositBin("D1", 10)));
    printer = new SimReceiptPrinter(pace, file(folder, "printer"));
    server =
        new Xfs4IotServer(vertx, context, "127.0.0.1", 0, dialect)
            .serve("card-reader", reader)
            .serve("pin-pad", pad)
            .serve("cash-dispenser", dispenser, keys)
            .serve("cash-acceptor", acceptor)
            .serve("receipt-printer", printer);
    Waiting.on(server.start());
  }

  private static StateFile file(Path folder, String name) {
    return new StateFile(folder.resolve(name + ".json"));
  }

  private static Cassette cassette(String id, String note) {
    return new Cassette(id, Denomination.parse(note), 100);
  }

  private static byte[] sequence(int from) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) bytes[i] = (byte) (from + i);
    return bytes;
  }

  TestClient client(String service) {
    return client(service, Strictness.WRITING);
  }

  TestClient client(String service, Strictness strictness) {
    TestClient client = TestClient.connect(vertx, server.port(), service, strictness);
    clients.add(client);
    return client;
  }

  /// Does something with the mechanics, on their context.
  <T> T hands(Callable<T> act) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(act.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return Waiting.on(done.future());
  }

  void hands(Runnable act) {
    hands(
        () -> {
          act.run();
          return null;
        });
  }

  @Override
  public void close() {
    for (TestClient client : clients) client.close();
    Waiting.on(server.stop());
    Waiting.on(vertx.close());
  }
}
