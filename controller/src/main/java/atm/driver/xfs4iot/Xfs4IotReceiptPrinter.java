package atm.driver.xfs4iot;

import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.ReceiptPrinter;
import atm.link.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A receipt printer behind an XFS4IoT service (§9.10). Receipts go as raw UTF-8 text.
final class Xfs4IotReceiptPrinter extends Xfs4IotDevice implements ReceiptPrinter {
  /// XFS4IoT does not tell how wide a line is; 80 mm paper holds this many in the usual font.
  private static final int COLUMNS = 40;

  private volatile Capabilities capabilities = new Capabilities(COLUMNS, false, false, true);
  private JsonObject control = new JsonObject();
  private String retractTo = "transport";
  private final Map<String, String> paperEvents = new TreeMap<>();

  Xfs4IotReceiptPrinter(Vertx vertx, URI at, Backoff backoff) {
    super(vertx, DeviceKind.RECEIPT_PRINTER, at, backoff, "Printer.PrintRaw", "Printer.Reset");
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Future<Void> print(List<String> lines) {
    String text = String.join("\n", lines) + "\n\n";
    String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    JsonObject raw = new JsonObject().put("inputData", "no").put("data", data);
    return command(
        "print",
        client ->
            succeed(client, "Printer.PrintRaw", raw, MOVE_WITHIN).compose(_ -> handOut(client)));
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    return takenWithin(within)
        .compose(
            taken ->
                taken
                    ? Future.succeededFuture(true)
                    : command(
                        "slot", client -> askStatus(client).map(Xfs4IotReceiptPrinter::isTaken)));
  }

  @Override
  public Future<Void> retract() {
    JsonObject where = new JsonObject().put("mediaControl", retractTo);
    return command(
        "retract",
        client ->
            client
                .call("Printer.RetractMedia", where, MOVE_WITHIN)
                .map(
                    completion -> {
                      // Nothing there any more: the customer took it meanwhile.
                      boolean gone = completion.errorCode().orElse("").equals("noMediaPresent");
                      if (!completion.isSuccess() && !gone) throw Faults.exception(completion);
                      slot.emptied();
                      return null;
                    }));
  }

  @Override
  Future<Void> prepare(Xfs4IotClient client, JsonObject all, JsonObject status) {
    if (isTaken(status)) slot.emptied();
    else slot.filled();
    paperEvents.clear();
    JsonObject printer = all.getJsonObject("printer", new JsonObject());
    control = printer.getJsonObject("control", new JsonObject());
    retractTo = printer.getBoolean("retractToTransport", false) ? "transport" : "unit1";
    capabilities =
        new Capabilities(
            COLUMNS,
            control.getBoolean("retract", false),
            printer.getBoolean("mediaTaken", false),
            true);
    return Future.succeededFuture();
  }

  @Override
  DeviceStatus health(JsonObject status) {
    JsonObject printer = status.getJsonObject("printer", new JsonObject());
    if (printer.getString("media", "unknown").equals("jammed")) {
      return DeviceStatus.fault("a receipt is jammed");
    }
    Map<String, String> paper = new TreeMap<>(paperEvents);
    for (var source : printer.getJsonObject("paper", new JsonObject())) {
      paper.putIfAbsent(source.getKey(), String.valueOf(source.getValue()));
    }
    List<String> warnings = new ArrayList<>();
    for (var source : paper.entrySet()) {
      switch (source.getValue()) {
        case "out" -> {
          return DeviceStatus.fault("paper out");
        }
        case "jammed" -> {
          return DeviceStatus.fault("paper jammed");
        }
        case "low" -> warnings.add("paper low");
        default -> {}
      }
    }
    return new DeviceStatus(DeviceStatus.State.ONLINE, "ready", warnings);
  }

  @Override
  boolean happened(Message event) {
    switch (event.name()) {
      case "Printer.MediaTakenEvent", "Printer.MediaAutoRetractedEvent" -> slot.emptied();
      case "Printer.PaperThresholdEvent" -> {
        Message.text(event.payload(), "threshold")
            .ifPresent(
                level -> paperEvents.put(event.payload().getString("paperSource", "upper"), level));
        refreshHealth();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void statusIsFresh() {
    paperEvents.clear();
  }

  @Override
  JsonObject resetPayload() {
    return null;
  }

  private Future<Void> handOut(Xfs4IotClient client) {
    JsonObject what = new JsonObject();
    if (control.getBoolean("cut", false)) what.put("cut", true);
    if (control.getBoolean("eject", false)) what.put("move", "eject");
    slot.filled();
    if (what.isEmpty()) return Future.succeededFuture();
    return succeed(
            client, "Printer.ControlMedia", new JsonObject().put("mediaControl", what), MOVE_WITHIN)
        .mapEmpty();
  }

  private static boolean isTaken(JsonObject status) {
    return status
        .getJsonObject("printer", new JsonObject())
        .getString("media", "notPresent")
        .matches("notPresent|retracted");
  }
}
