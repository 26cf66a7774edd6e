package atm.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import atm.fuzz.Mutator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs on this machine that speak nonsense at every port that is open, while somebody is
/// served. `-Dfuzz.seed=` and `-Dfuzz.rounds=` go further, and run a failure again.
class LiveServersTest {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 100);
  private static final int BYTES_MAX = 4096;

  /// A server that neither answers nor hangs up for so long holds a connection of nobody's.
  private static final int PATIENCE_MS = 60_000;

  @TempDir Path folder;
  private final Failures failures = new Failures();
  private TestMachine machine;
  private Stranger alice;

  @BeforeEach
  void start() throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
    alice = machine.stranger();
    failures.listen();
  }

  @AfterEach
  void stop() throws Exception {
    failures.close();
    alice.close();
    machine.close();
  }

  @Test
  @Timeout(600)
  void nonsenseAtEveryPortDisturbsNobody() throws Exception {
    List<Door> doors = doors();
    try (ExecutorService crowd = Executors.newFixedThreadPool(doors.size())) {
      List<Future<?>> rain =
          Stream.of(doors.toArray(Door[]::new)).<Future<?>>map(crowd::submit).toList();
      withdraws("60");
      for (Future<?> each : rain) each.get();
    }
    withdraws("40");

    assertThat(failures.seen).as("seed %d", SEED).isEmpty();
    machine.booksAndBoxesAgree();
  }

  private List<Door> doors() {
    int console = machine.port();
    int hands = machine.simulator.port();
    String host = " HTTP/1.1\r\nHost: localhost\r\n";
    return List.of(
        new Door(
            console,
            "",
            "GET /health" + host + "Origin: http://localhost\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET /lib/lit/index.js" + host + "Accept-Encoding: gzip\r\nRange: bytes=0-9\r\n\r\n",
            "GET /operator/state" + host + "Cookie: operator=0123456789abcdef\r\n\r\n",
            "POST /operator/session"
                + host
                + "Content-Length: 31\r\n\r\n{\"name\":\"anna\",\"password\":\"x\"}",
            "POST /operator/acts/count"
                + host
                + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "POST /bus/kiosk/000/abcdefgh/xhr_send" + host + "Content-Length: 2\r\n\r\n[]"),
        new Door(
            hands,
            "",
            "GET /sim/state" + host + "Origin: http://localhost:8080\r\n\r\n",
            "GET /sim/scenarios/withdrawal" + host + "\r\n",
            "GET /sim HTTP/1.1\r\n\r\n",
            "POST /sim/coffee-maker/press" + host + "Content-Length: 11\r\n\r\n{\"key\":\"5\"}",
            "OPTIONS /sim/state" + host + "Origin: null\r\n\r\n"),
        new Door(
            console,
            "/bus/kiosk/websocket",
            "{\"type\":\"register\",\"address\":\"ui.screen\"}",
            "{\"type\":\"send\",\"address\":\"ui.snapshot\",\"replyAddress\":\"1\",\"body\":{}}",
            "{\"type\":\"send\",\"address\":\"ui.input\",\"body\":{\"session\":\"s\",\"seq\":1,\"fdk\":\"A\"}}",
            "{\"type\":\"ping\"}"),
        new Door(
            console,
            "/bus/developer/websocket",
            "{\"type\":\"register\",\"address\":\"dev.state\"}",
            "{\"type\":\"send\",\"address\":\"dev.snapshot\",\"replyAddress\":\"1\",\"body\":{}}"),
        new Door(
            hands,
            "/sim/bus/websocket",
            "{\"type\":\"register\",\"address\":\"sim.state\"}",
            "{\"type\":\"unregister\",\"address\":\"sim.messages\"}"),
        service("card-reader", "CardReader.EMVClessQueryApplications"),
        service("pin-pad", "KeyManagement.StartKeyExchange"),
        service("cash-dispenser", "CashDispenser.Dispense"),
        service("cash-acceptor", "CashAcceptor.CashIn"),
        service("receipt-printer", "Printer.PrintRaw"));
  }

  /// Nothing that this machine would do for anybody: a wire that others listen at as well.
  private Door service(String device, String refused) {
    String command =
        "{\"header\":{\"type\":\"command\",\"name\":\"%s\",\"version\":\"2.0\",\"requestId\":7},\"payload\":{}}";
    return new Door(
        machine.simulator.wirePort(device),
        "/xfs4iot/v1.0/" + device,
        command.formatted("Common.Status"),
        command.formatted("Common.Capabilities"),
        command.formatted("Storage.GetStorage"),
        command.formatted(refused));
  }

  /// A port, the page at which a WebSocket opens there (none for plain HTTP), and good input.
  private record Door(int port, String socket, List<byte[]> good) implements Runnable {
    Door(int port, String socket, String... good) {
      this(port, socket, Stream.of(good).map(text -> text.getBytes(UTF_8)).toList());
    }

    @Override
    public void run() {
      Random random = new Random(SEED);
      Mutator mutator = new Mutator(random);
      List<byte[]> frames = good.stream().map(Door::frame).toList();
      for (int round = 0; round < ROUNDS; round++) {
        byte[] bytes =
            socket.isEmpty()
                ? mutator.mutate(good, BYTES_MAX)
                : random.nextBoolean()
                    ? frame(mutator.mutate(good, BYTES_MAX))
                    : mutator.mutate(frames, BYTES_MAX);
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), port)) {
          line.setSoTimeout(PATIENCE_MS);
          if (!socket.isEmpty()) opens(line);
          line.getOutputStream().write(bytes);
          line.shutdownOutput();
          line.getInputStream().readAllBytes();
        } catch (SocketException hungUp) {
          // As whoever hears nonsense may.
        } catch (IOException e) {
          throw new AssertionError(
              "round %d of seed %d at port %d%s".formatted(round, SEED, port, socket), e);
        }
      }
    }

    private void opens(Socket line) throws IOException {
      String asked =
          """
          GET %s HTTP/1.1\r
          Host: localhost\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          """
              .formatted(socket);
      line.getOutputStream().write(asked.getBytes(UTF_8));
      StringBuilder heard = new StringBuilder();
      while (heard.indexOf("\r\n\r\n") < 0) {
        int next = line.getInputStream().read();
        if (next < 0) throw new SocketException("not let in: " + heard);
        heard.append((char) next);
      }
      if (!heard.toString().startsWith("HTTP/1.1 101")) {
        throw new AssertionError("no WebSocket at " + socket + ": " + heard);
      }
    }

    /// A text frame of RFC 6455 under a mask of zeros.
    private static byte[] frame(byte[] text) {
      ByteBuffer frame = ByteBuffer.allocate(text.length + 8).put((byte) 0x81);
      if (text.length < 126) frame.put((byte) (0x80 | text.length));
      else frame.put((byte) (0x80 | 126)).putShort((short) text.length);
      frame.putInt(0).put(text).flip();
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      return bytes;
    }
  }

  private void withdraws(String euros) {
    alice.sees("idle");
    alice.inserts("alice").sees("pin");
    alice.types("1234").presses("enter").sees("menu");
    alice.chooses("withdraw").sees("fast-cash");
    alice.chooses("other-amount").sees("amount");
    alice.types(euros).presses("enter").sees("confirm");
    alice.presses("enter").sees("receipt-choice");
    alice.chooses("no").sees("take-card");
    alice.takes("card-reader").sees("take-cash");
    alice.takes("cash-dispenser").sees("idle");
  }

  /// What would fill an operator's log, with the levels that we ship.
  private static final class Failures extends Handler {
    final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Map<Logger, Optional<Level>> before = new HashMap<>();

    void listen() throws IOException {
      Properties shipped = new Properties();
      try (InputStream file = Failures.class.getResourceAsStream("/logging.properties")) {
        shipped.load(file);
      }
      Logger.getLogger("").addHandler(this);
      // Not quiet as in other tests.
      for (String name : List.of("io.vertx", "sim")) level(name, null);
      for (String key : shipped.stringPropertyNames()) {
        if (!key.endsWith(".level")) continue;
        String name = key.substring(0, key.length() - ".level".length());
        level(name, Level.parse(shipped.getProperty(key)));
      }
    }

    private void level(String name, Level level) {
      Logger log = Logger.getLogger(name);
      before.put(log, Optional.ofNullable(log.getLevel()));
      log.setLevel(level);
    }

    @Override
    public void publish(LogRecord said) {
      if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
        seen.add(said.getLoggerName() + ": " + said.getMessage() + ": " + said.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      Logger.getLogger("").removeHandler(this);
      before.forEach((log, level) -> log.setLevel(level.orElse(null)));
    }
  }
}
