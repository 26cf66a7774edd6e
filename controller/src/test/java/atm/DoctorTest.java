package atm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import atm.Doctor.Finding;
import atm.Doctor.Mark;
import atm.config.DeviceEntry;
import atm.driver.Drivers;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.Settings;
import sim.Simulator;

/// What the doctor says of devices that are well, that are not, and that are not there.
class DoctorTest {
  private static final String PARTS =
      """
      card-reader:
        driver: crt-310
        at: tcp://localhost:%d
      cash-dispenser:
        driver: puloon-lcdm
        at: tcp://localhost:%d
        cassettes:
          - { id: C1, note: 20 EUR, count: 7 }
          - { id: C2, note: 50 EUR, count: 7 }
      receipt-printer:
        driver: xfs4iot
        at: ws://localhost:%d/xfs4iot/v1.0/receipt-printer
      simulator:
        port: %d
        speed: 0
        cards: []
      """;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Vertx simulated = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    for (Vertx each : List.of(vertx, simulated)) {
      each.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aDeviceThatIsWellSaysWhatItIsAndWhatItCounts() throws Exception {
    int[] ports = {free(), free(), free(), free()};
    simulates(ports);

    assertThat(examined("card-reader", "crt-310", "tcp://localhost:" + ports[0], List.of()))
        .extracting(Finding::what, Finding::mark)
        .containsExactly(tuple("answers", Mark.GOOD), tuple("status", Mark.GOOD));
    List<Finding> dispenser =
        examined("cash-dispenser", "puloon-lcdm", "tcp://localhost:" + ports[1], cassettes());
    assertThat(dispenser).extracting(Finding::mark).containsOnly(Mark.GOOD);
    assertThat(dispenser.getFirst().seen()).startsWith("LCDM, ROM T");
    assertThat(dispenser.getLast().seen()).isEqualTo("none of its own: the books count for it");
    String printer = "ws://localhost:" + ports[2] + "/xfs4iot/v1.0/receipt-printer";
    assertThat(examined("receipt-printer", "xfs4iot", printer, List.of()).getFirst().seen())
        .contains("serial");
  }

  @Test
  void aPrinterThatCountsItsLifeTellsIt() throws Exception {
    Path name = folder.resolve("printer");
    Path file =
        Files.writeString(
            folder.resolve("devices.yaml"),
            """
            receipt-printer:
              driver: vkp80
              at: pty:%s
            simulator:
              port: %d
              speed: 0
              cards: []
            """
                .formatted(name, free()));
    done(Simulator.start(simulated, Settings.read(file, folder)));

    assertThat(examined("receipt-printer", "vkp80", "pty:" + name, List.of()))
        .contains(
            Finding.good(
                "counts", "7990 cm of paper left, 0 cuts, 0 cm printed, 0 retracts, 1 power-ups"));
  }

  @Test
  void aPortIsNamedAndTheSettingsThatItAnswersAt() throws Exception {
    Path name = folder.resolve("reader");
    Path file =
        Files.writeString(
            folder.resolve("devices.yaml"),
            """
            card-reader:
              driver: crt-310
              at: pty:%s
            simulator:
              port: %d
              speed: 0
              cards: []
            """
                .formatted(name, free()));
    done(Simulator.start(simulated, Settings.read(file, folder)));

    List<Finding> findings =
        examined("card-reader", "crt-310", "pty:" + name + "?baud=9600&parity=none", List.of());

    assertThat(findings)
        .extracting(Finding::what, Finding::mark)
        .containsExactly(
            tuple("port", Mark.GOOD), tuple("answers", Mark.GOOD), tuple("status", Mark.GOOD));
    assertThat(findings.getFirst().seen()).startsWith(name.toString()).endsWith("may be opened");
    assertThat(findings.get(1).seen()).isEqualTo("CRT 310 V3.0, at baud=9600 parity=none");
  }

  @Test
  void aFaultIsRedAndSaysWhatToDo() throws Exception {
    int[] ports = {free(), free(), free(), free()};
    Simulator simulator = simulates(ports);
    HttpRequest fault =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + simulator.port() + "/sim/receipt-printer/fault"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"paper-out\",\"when\":\"now\"}"))
            .header("Content-Type", "application/json")
            .build();
    try (HttpClient hand = HttpClient.newHttpClient()) {
      assertThat(hand.send(fault, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }

    String printer = "ws://localhost:" + ports[2] + "/xfs4iot/v1.0/receipt-printer";
    assertThat(examined("receipt-printer", "xfs4iot", printer, List.of()))
        .contains(Finding.bad("status", "paper out", "see to the device, then ask again"));
  }

  @Test
  void whereNobodyListensItSaysWhatToStart() throws Exception {
    String at = "tcp://localhost:" + free();

    Finding only = examined("card-reader", "crt-310", at, List.of()).getFirst();
    assertThat(only.mark()).isEqualTo(Mark.BAD);
    assertThat(only.seen()).contains("refused");
    assertThat(only.todo()).contains("start what should listen there");
  }

  @Test
  void whatTalksOtherwiseIsToldFromWhatIsSilent() throws Exception {
    try (ServerSocket modem = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> saysOk(modem));
      String at = "tcp://localhost:" + modem.getLocalPort();

      Finding only = examined("cash-dispenser", "puloon-lcdm", at, cassettes()).getFirst();
      assertThat(only.mark()).isEqualTo(Mark.BAD);
      assertThat(only.todo()).contains("does not speak as a puloon-lcdm does");
    }
  }

  @Test
  void aPortThatIsNotThereIsNamed() throws Exception {
    Path port = folder.resolve("ttyUSB9");

    Finding only = examined("card-reader", "crt-310", "serial:" + port, List.of()).getFirst();
    assertThat(only.seen()).isEqualTo("there is no " + port);

    Files.createSymbolicLink(port, folder.resolve("gone"));
    assertThat(Doctor.port(port).seen()).isEqualTo(port + " leads to nothing");
  }

  @Test
  void chipsAndKeypadsAreNamedAsTheKernelNamesThem() throws Exception {
    Files.createFile(folder.resolve("gpiochip0"));
    Path label = Files.createDirectories(folder.resolve("sys/gpiochip0")).resolve("label");
    Files.writeString(label, "pinctrl-bcm2711\n");
    Path inputs =
        Files.writeString(
            folder.resolve("devices"),
            """
            I: Bus=0003 Vendor=04d9 Product=a02a Version=0110
            N: Name="USB Keypad"
            P: Phys=usb-1.2/input0
            H: Handlers=sysrq kbd leds event3\s
            B: KEY=7 0

            I: Bus=0019 Vendor=0000 Product=0001 Version=0000
            N: Name="Power Button"
            H: Handlers=kbd event0\s
            """);

    assertThat(Sockets.chips(folder, folder.resolve("sys")))
        .containsExactly("gpio:" + folder.resolve("gpiochip0") + "   pinctrl-bcm2711");
    Path names = Files.createDirectory(folder.resolve("by-id"));
    Path name = names.resolve("usb-Maker_Keypad-event-kbd");
    Files.createSymbolicLink(name, Files.createFile(folder.resolve("event3")));
    assertThat(Sockets.inputs(inputs, names))
        .containsExactly(
            "evdev:" + name + "   USB Keypad", "evdev:/dev/input/event0   Power Button");
    assertThat(Sockets.inputs(folder.resolve("none"), names)).isEmpty();
    assertThat(Sockets.ofThisComputer().keySet())
        .containsExactly("serial ports", "GPIO chips", "input devices", "smart-card readers");
  }

  @Test
  void aKeypadOrSwipeReaderThatIsNotThereIsABadPort() throws Exception {
    String at = "evdev:" + folder.resolve("usb-Maker_Keypad-event-kbd");
    for (List<String> part :
        List.of(
            List.of("pin-pad", "usb-keypad", at),
            List.of("card-reader", "hid-swipe", at),
            List.of("pin-pad", "gpio-keypad", "gpio:/dev/gpiochip99?rows=1,2,3,4&columns=5,6,7"))) {
      Finding only = examined(part.get(0), part.get(1), part.get(2), List.of()).getFirst();

      assertThat(only.mark()).isEqualTo(Mark.BAD);
      assertThat(only.seen()).startsWith("there is no /");
      assertThat(only.todo()).contains("--list");
    }
  }

  @Test
  void aChipReaderThatIsNotThereIsNamedAndWhereToLook() throws Exception {
    Finding only = examined("card-reader", "pcsc", "pcsc:no%20such%20reader", List.of()).getFirst();

    assertThat(only.mark()).isEqualTo(Mark.BAD);
    // By what this computer has: without the service that is what is missing.
    assertThat(only.seen()).containsAnyOf("pcscd", "pcsc:no such reader: no such reader");
    assertThat(only.todo()).contains("--list");
    assertThat(Sockets.addressOf("ACS ACR39U [CCID] 00 00"))
        .isEqualTo("pcsc:ACS%20ACR39U%20[CCID]%2000%2000");
    assertThat(URI.create(Sockets.addressOf("ACS ACR39U [CCID] 00 00")).getSchemeSpecificPart())
        .isEqualTo("ACS ACR39U [CCID] 00 00");
  }

  private List<Finding> examined(
      String key, String driver, String at, List<DeviceEntry.Cassette> cassettes) throws Exception {
    DeviceEntry entry = new DeviceEntry(key, driver, URI.create(at), cassettes, Map.of(), 1);
    return new Doctor(vertx, Drivers.find(folder)).examine(entry);
  }

  private static List<DeviceEntry.Cassette> cassettes() {
    return List.of(
        new DeviceEntry.Cassette("C1", Money.parse("20 EUR"), 7),
        new DeviceEntry.Cassette("C2", Money.parse("50 EUR"), 7));
  }

  private Simulator simulates(int[] ports) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("devices.yaml"),
            PARTS.formatted(ports[0], ports[1], ports[2], ports[3]));
    return done(Simulator.start(simulated, Settings.read(file, folder)));
  }

  private static void saysOk(ServerSocket modem) {
    try (Socket caller = modem.accept()) {
      while (caller.getInputStream().read() >= 0)
        caller.getOutputStream().write("OK\r\n".getBytes());
    } catch (IOException gone) {
      // The doctor has hung up.
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
