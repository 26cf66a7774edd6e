package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import sim.mechanics.DeviceEvent;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.SimReceiptPrinter;

/// The Printer interface of a receipt printer that takes lines of UTF-8 text (sheet, section
/// 9.10). Server's event loop only.
final class PrinterCommands implements CommandSet {
  /// The retract bin's name.
  private static final String BIN = "unit1";

  private static final String PAPER_SOURCE = "upper";
  private static final Map<Kind, String> PRINT_ERRORS =
      Map.of(Kind.PAPER_OUT, "paperOut", Kind.JAM, "paperJammed");
  private static final Map<Kind, String> MEDIA_ERRORS =
      Map.of(
          Kind.NO_MEDIA, "noMediaPresent",
          Kind.JAM, "paperJammed",
          Kind.PAPER_OUT, "paperOut",
          Kind.BIN_FULL, "retractBinFull");
  private static final Map<Kind, String> RETRACT_ERRORS =
      Map.of(
          Kind.NO_MEDIA, "noMediaPresent",
          Kind.JAM, "mediaJammed",
          Kind.BIN_FULL, "retractBinFull");

  private final Service service;
  private final SimReceiptPrinter printer;

  PrinterCommands(Service service, SimReceiptPrinter printer) {
    this.service = service;
    this.printer = printer;
    printer.listen(this::happened);
  }

  @Override
  public String name() {
    return "Printer";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "GetFormList", _ -> Future.succeededFuture(),
        "GetMediaList", _ -> Future.succeededFuture(),
        "PrintRaw", this::printRaw,
        "ControlMedia", this::controlMedia,
        "RetractMedia", this::retractMedia,
        "Reset", this::reset);
  }

  @Override
  public Set<String> events() {
    return Set.of("MediaPresentedEvent", "MediaTakenEvent", "PaperThresholdEvent");
  }

  private void happened(DeviceEvent event) {
    switch (event) {
      case DeviceEvent.ReceiptTaken _ -> service.unsolicited("Printer.MediaTakenEvent", null);
      case DeviceEvent.PaperChanged(SimReceiptPrinter.Paper paper) ->
          service.unsolicited(
              "Printer.PaperThresholdEvent",
              new JsonObject().put("paperSource", PAPER_SOURCE).put("threshold", word(paper)));
      default -> {}
    }
  }

  private static String word(SimReceiptPrinter.Paper paper) {
    return paper.name().toLowerCase(Locale.ROOT);
  }

  private Future<JsonObject> printRaw(Call call) {
    if (call.payload().getString("inputData", "no").equals("yes")) {
      throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, "the printer answers nothing");
    }
    String data = call.payload().getString("data");
    if (data == null) throw CommandException.of(CompletionCode.INVALID_DATA, "data: saw nothing");
    return Mechanical.translate(printer.print(lines(data)), PRINT_ERRORS).mapEmpty();
  }

  private static List<String> lines(String data) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Base64.getDecoder().decode(data)))
          .toString()
          .lines()
          .toList();
    } catch (CharacterCodingException e) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "data: wanted text in UTF-8");
    }
  }

  private Future<JsonObject> controlMedia(Call call) {
    JsonObject control = call.payload().getJsonObject("mediaControl", new JsonObject());
    String move = control.getString("move");
    Set<String> flags = Payloads.trueFlags(control);
    if ("eject".equals(move) && Set.of("cut", "flush").containsAll(flags)) {
      return Mechanical.translate(printer.cutAndPresent(), MEDIA_ERRORS)
          .map(
              _ -> {
                call.event(
                    "Printer.MediaPresentedEvent",
                    new JsonObject().put("wadIndex", 1).put("totalWads", 1));
                return null;
              });
    }
    if ("retract".equals(move) && flags.isEmpty()) {
      return Mechanical.translate(printer.retract(), MEDIA_ERRORS).mapEmpty();
    }
    // What PrintRaw took is printed when it completes: there is never anything to flush.
    if (move == null && flags.equals(Set.of("flush"))) return Future.succeededFuture();
    throw CommandException.of(
        CompletionCode.UNSUPPORTED_DATA, "mediaControl: wanted cut and eject, flush or retract");
  }

  private Future<JsonObject> retractMedia(Call call) {
    String to = call.payload().getString("mediaControl", BIN);
    if (!to.equals(BIN)) {
      throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, "no media goes to " + to);
    }
    return Mechanical.translate(printer.retract(), RETRACT_ERRORS)
        .map(_ -> new JsonObject().put("result", BIN));
  }

  /// Clears what is under the head; a receipt already in the slot is the customer's.
  private Future<JsonObject> reset(Call call) {
    String to = call.payload().getString("mediaControl");
    if (to != null && to.startsWith("unit") && !to.equals(BIN)) {
      throw CommandException.of(CompletionCode.UNSUPPORTED_DATA, "no media goes to " + to);
    }
    return Mechanical.translate(printer.reset(), Map.of(Kind.JAM, "paperJammed")).mapEmpty();
  }

  @Override
  public void status(JsonObject status) {
    String media =
        printer.jammed()
            ? "jammed"
            : printer.slot().isPresent()
                ? "entering"
                : printer.linesPending() > 0 ? "present" : "notPresent";
    String paper = printer.jammed() ? "jammed" : word(printer.paper());
    Payloads.part(status, "printer")
        .put("media", media)
        .put("paper", new JsonObject().put(PAPER_SOURCE, paper));
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    JsonObject control =
        new JsonObject()
            .put("eject", true)
            .put("cut", true)
            .put("flush", true)
            .put("retract", true);
    Payloads.part(capabilities, "printer")
        .put("type", new JsonObject().put("receipt", true))
        .put("resolution", new JsonObject().put("medium", true))
        .put("writeForm", new JsonObject().put("text", true))
        .put("control", control)
        .put("maxMediaOnStacker", 0)
        .put("acceptMedia", false)
        .put("multiPage", false)
        .put("paperSources", new JsonObject().put(PAPER_SOURCE, true))
        .put("mediaTaken", true)
        .put("dispensePaper", false)
        .put("mediaPresented", true)
        .put("autoRetractPeriod", 0)
        .put("retractToTransport", false);
  }
}
