package lesson;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.link.Backoff;
import atm.link.ByteAddress;
import atm.link.ByteConnector;
import atm.link.HeldTime;
import atm.link.LineSettings;
import atm.link.MockedPort;
import atm.link.ScriptedLink;
import atm.link.Vectors;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The driver's half against the sheet's bytes, and against what no healthy printer does. Time
/// passes only where a test lets it.
class LessonPrinterTest {
  private static final String WELL = "a good printer";
  private static final String TWO_LINES = "a receipt of two lines: \"20,00 €\" and \"Grüße\"";
  private static final List<String> RECEIPT = List.of("20,00 €", "Grüße");

  private final Vectors vectors = new Vectors("lesson-printer");
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final HeldTime time = new HeldTime();
  private List<ScriptedLink> links = List.of();
  private LessonPrinter printer;

  @AfterEach
  void close() {
    if (printer != null) await(printer.close());
    await(vertx.close());
  }

  @Test
  void aReceiptIsTheBytesOfTheSheet() {
    inService(link(WELL, TWO_LINES));

    await(printer.print(RECEIPT));

    assertThat(links.getFirst().complaints()).isEmpty();
    assertThat(links.getFirst().left()).isEmpty();
  }

  @Test
  void howThePrinterIsIsToldInWords() {
    inService(link("little paper and a receipt in its mouth"));

    assertThat(printer.status())
        .isEqualTo(new DeviceStatus(DeviceStatus.State.ONLINE, "ready", List.of("paper low")));
    assertThat(await(printer.taken(Duration.ofMillis(1)))).isFalse();
  }

  @Test
  void whatThePrinterDoesNotCutFailsWithItsReason() {
    inService(link(WELL, "a receipt for which there is no paper"));

    assertThat(faultOf(printer.print(List.of("a"))))
        .isEqualTo(new Fault(Fault.Code.HARDWARE, "receipt-printer: not cut: paper out"));
    assertThat(printer.status()).isEqualTo(DeviceStatus.fault("paper out"));
  }

  @Test
  void aLineOfTextThatWasLostOnTheWayIsNoticed() {
    List<String> script = script(WELL, TWO_LINES);
    script.replaceAll(step -> step.replace("4B 30 32", "4B 30 31"));
    inService(new ScriptedLink(script));

    assertThat(faultOf(printer.print(RECEIPT)))
        .isEqualTo(new Fault(Fault.Code.PROTOCOL, "receipt-printer: printed 1 of 2 lines"));
  }

  @Test
  void whatIsNoTextDoesNotGetToThePrinterAsACommand() {
    List<String> script = script(WELL);
    script.addAll(List.of("> 58 0A 54 61 3F 43 3F 3F 0A 43 0A", "< 4B 30 31 0A"));
    inService(new ScriptedLink(script));

    await(printer.print(List.of("a\nC\n漢")));

    assertThat(links.getFirst().complaints()).isEmpty();
  }

  @Test
  void aPrinterThatSaysNothingIsMissedAndAskedAgainOnAFreshLine() {
    inService(new ScriptedLink(script(WELL, TWO_LINES).subList(0, 3)), link(WELL));
    Future<Void> printing = printer.print(RECEIPT);
    await(onContext(() -> Future.succeededFuture()));
    while (!printing.isComplete()) onContextNow(time::pass);

    assertThat(DeviceException.faultOf(printing.cause()))
        .isEqualTo(new Fault(Fault.Code.TIMEOUT, "receipt-printer: no answer to C within 5100 ms"));
    awaitState(printer, DeviceStatus.State.ONLINE);
    assertThat(links.getLast().left()).isEmpty();
  }

  @Test
  void whateverByteOfAnAnswerIsChangedThePrinterServesAgain() {
    List<String> script = script(WELL, TWO_LINES);
    int bytes = answered(script);
    for (int at = answered(script(WELL)); at < bytes; at++) {
      for (int change : List.of(0x01, 0x04, 0x10, 0x3B, 0xFF)) {
        inService(new ScriptedLink(ScriptedLink.corrupted(script, at, change)), link(WELL));
        Future<Void> printing = printer.print(RECEIPT);
        await(onContext(() -> Future.succeededFuture()));
        while (!printing.isComplete()) onContextNow(time::pass);

        if (printing.failed()) {
          assertThat(DeviceException.faultOf(printing.cause()).code())
              .as("byte %d changed by %02X", at, change)
              .isIn(Fault.Code.PROTOCOL, Fault.Code.TIMEOUT);
        }
        awaitState(printer, DeviceStatus.State.ONLINE);
        await(printer.close());
      }
    }
  }

  @Test
  void anotherAnswerThanWasAskedForEndsTheLine() {
    isOutOfService("> 3F 0A", "< 4B 30 32 0A", "\"K02\" answers nothing that was asked");
  }

  @Test
  void anAnswerThatComesTwiceEndsTheLine() {
    isOutOfService("> 3F 0A", "< 3D 0A 3D 0A", "\"=\" answers nothing that was asked");
  }

  @Test
  void anotherMakeOfDeviceIsToldByWhatItSays() {
    isOutOfService("> 3F 0A", "< 4F 4B 0D 0A", "\"OK?\", which the sheet does not know");
  }

  @Test
  void aMegabyteOfGarbageEndsTheLineAtItsFirstSixtyBytes() {
    isOutOfService("> 3F 0A", "<" + " 55".repeat(1 << 20), "more than 60 bytes without an end");
  }

  @Test
  void anAdapterPulledOutInMidAnswerIsSaidSoAndItsReturnNoticed() {
    MockedPort first = new MockedPort();
    MockedPort second = new MockedPort();
    List<MockedPort> plugged = new ArrayList<>(List.of(first, second));
    ByteAddress.Serial address =
        (ByteAddress.Serial)
            ByteAddress.of(URI.create("serial:/dev/ttyUSB0"), LineSettings.plain(9600));
    make(MockedPort.connector(address, vertx, _ -> plugged.removeFirst().port));
    open();
    assertThat(first.written()).isEqualTo("3F 0A");
    first.says("3D 0A");
    awaitState(printer, DeviceStatus.State.ONLINE);
    Future<Void> printing = printer.print(RECEIPT);
    first.written();
    first.says("21 48 0A 4B 30");
    first.unplug();

    assertThat(faultOf(printing))
        .isEqualTo(
            new Fault(Fault.Code.OFFLINE, "receipt-printer: serial:/dev/ttyUSB0: unplugged"));
    assertThat(second.written()).isEqualTo("3F 0A");
    second.says("3D 48 0A");
    awaitState(printer, DeviceStatus.State.ONLINE);
    assertThat(await(printer.taken(Duration.ofMillis(1)))).as("it hangs there still").isFalse();
  }

  @Test
  void moreLinesThanThePrinterHoldsAreRefused() {
    inService(link(WELL));

    assertThat(faultOf(printer.print(Collections.nCopies(91, "x"))).code())
        .isEqualTo(Fault.Code.UNSUPPORTED);
  }

  @Test
  void whatAnEntryMayNotSayIsToldInSentences() {
    LessonPrinterDriver driver = new LessonPrinterDriver();
    DeviceEntry entry =
        new DeviceEntry(
            "receipt-printer",
            "lesson-printer",
            URI.create("ws://localhost:1/"),
            List.of(),
            Map.of("colour", "red"),
            7);

    assertThat(driver.mistakes(DeviceKind.RECEIPT_PRINTER, entry))
        .containsExactly(
            "at: ws://localhost:1/: no wire of bytes, wanted one of serial, tcp, rfc2217, pty",
            "settings are [colour], but lesson-printer has none");
  }

  private void isOutOfService(String asked, String answered, String why) {
    make(ScriptedLink.connector(List.of(new ScriptedLink(asked, answered))));
    Promise<DeviceStatus> told = Promise.promise();
    printer.onStatus(
        status -> {
          if (status.detail().contains(why)) told.tryComplete(status);
        });
    open();

    assertThat(await(told.future()).state()).isEqualTo(DeviceStatus.State.OFFLINE);
  }

  private ScriptedLink link(String... exchanges) {
    return new ScriptedLink(script(exchanges));
  }

  private List<String> script(String... exchanges) {
    List<String> script = new ArrayList<>();
    for (String exchange : exchanges) script.addAll(vectors.exchange(exchange));
    return script;
  }

  private static int answered(List<String> script) {
    return script.stream()
        .filter(step -> step.startsWith("< "))
        .mapToInt(step -> step.split(" ").length - 1)
        .sum();
  }

  /// @param connections in their order
  private void inService(ScriptedLink... connections) {
    links = List.of(connections);
    make(ScriptedLink.connector(links));
    open();
    awaitState(printer, DeviceStatus.State.ONLINE, DeviceStatus.State.FAULT);
  }

  private void make(ByteConnector connector) {
    Backoff atOnce = new Backoff(new Random(1), Duration.ofMillis(1), Duration.ofMillis(1));
    printer = new LessonPrinter(vertx, connector, time, atOnce);
  }

  private void open() {
    onContextNow(
        () -> {
          printer.open();
          return true;
        });
  }

  private void onContextNow(Supplier<Boolean> act) {
    await(onContext(() -> Future.succeededFuture(act.get())));
  }

  private <T> Future<T> onContext(Supplier<Future<T>> act) {
    Promise<T> done = Promise.promise();
    context.runOnContext(_ -> act.get().onComplete(done));
    return done.future();
  }
}
