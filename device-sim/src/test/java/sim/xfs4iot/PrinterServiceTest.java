package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.When;

/// A receipt, as section 9.10 of the sheet tells it.
class PrinterServiceTest {
  @TempDir Path folder;
  private TestMachine machine;
  private TestClient client;

  @BeforeEach
  void start() {
    machine = new TestMachine(folder);
    client = machine.client("receipt-printer");
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  private static JsonObject raw(byte[] data) {
    return new JsonObject()
        .put("inputData", "no")
        .put("data", Base64.getEncoder().encodeToString(data));
  }

  private static JsonObject raw(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject cutAndEject() {
    return new JsonObject()
        .put("mediaControl", new JsonObject().put("cut", true).put("move", "eject"));
  }

  @Test
  void aReceiptIsPrintedPresentedAndTaken() {
    client.succeed("Printer.PrintRaw", raw("Grüß Gott\nEUR 50.00\n\n"));
    client.succeed("Printer.ControlMedia", cutAndEject());
    client.event("Printer.MediaPresentedEvent");
    assertThat(machine.hands(() -> machine.printer.slot()).orElseThrow())
        .isEqualTo(List.of("Grüß Gott", "EUR 50.00", ""));
    machine.hands(machine.printer::take);
    client.event("Printer.MediaTakenEvent");
    assertThat(TestClient.error(client.call("Printer.ControlMedia", cutAndEject())))
        .isEqualTo("noMediaPresent");
  }

  @Test
  void aReceiptLeftIsRetracted() {
    client.succeed("Printer.PrintRaw", raw("left\n"));
    client.succeed("Printer.ControlMedia", cutAndEject());
    assertThat(
            client.succeed("Printer.RetractMedia", new JsonObject().put("mediaControl", "unit1")))
        .isEqualTo(new JsonObject().put("result", "unit1"));
    assertThat(TestClient.error(client.call("Printer.RetractMedia", new JsonObject())))
        .isEqualTo("noMediaPresent");
  }

  @Test
  void paperThatEndsIsTold() {
    machine.hands(() -> machine.printer.fault("paper-low", When.NOW));
    assertThat(client.event("Printer.PaperThresholdEvent").getJsonObject("payload"))
        .isEqualTo(new JsonObject().put("paperSource", "upper").put("threshold", "low"));
    machine.hands(() -> machine.printer.fault("paper-out", When.NOW));
    assertThat(TestClient.error(client.call("Printer.PrintRaw", raw("x")))).isEqualTo("paperOut");
  }

  @Test
  void aJamIsClearedByReset() {
    machine.hands(() -> machine.printer.fault("jam", When.ONCE));
    assertThat(TestClient.error(client.call("Printer.PrintRaw", raw("x"))))
        .isEqualTo("paperJammed");
    assertThat(client.succeed("Common.Status").getJsonObject("printer").getString("media"))
        .isEqualTo("jammed");
    client.succeed("Printer.Reset", new JsonObject());
    client.succeed("Printer.PrintRaw", raw("x"));
  }

  @Test
  void whatIsNoTextOrTooLongIsRefused() {
    assertThat(TestClient.code(client.call("Printer.PrintRaw", raw(new byte[] {(byte) 0xff}))))
        .isEqualTo("invalidData");
    assertThat(TestClient.code(client.call("Printer.PrintRaw", raw("x\n".repeat(10_000)))))
        .isEqualTo("unsupportedData");
    JsonObject stamp = new JsonObject().put("mediaControl", new JsonObject().put("stamp", true));
    assertThat(TestClient.code(client.call("Printer.ControlMedia", stamp)))
        .isEqualTo("unsupportedData");
  }

  @Test
  void thereAreNoFormsAndNoMedia() {
    assertThat(client.succeed("Printer.GetFormList")).isEmpty();
    assertThat(client.succeed("Printer.GetMediaList")).isEmpty();
  }
}
