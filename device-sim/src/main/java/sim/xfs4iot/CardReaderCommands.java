package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sim.mechanics.DeviceEvent;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCardReader.Media;
import sim.mechanics.SimCardReader.ResetTo;
import sim.mechanics.TrackData;

/// The CardReader interface of a motorised reader of track 2 with one retain bin, `unit1` (sheet,
/// sections 8 and 9.3). Server's event loop only.
final class CardReaderCommands implements CommandSet {
  /// The retain bin's name.
  static final String BIN = "unit1";

  private static final Set<String> TRACKS = Set.of("track1", "track2", "track3");
  private static final List<String> OTHER_SOURCES =
      List.of(
          "security", "watermark", "memoryChip", "track1Front", "track1JIS", "track3JIS", "ddi");
  private static final Map<Kind, String> READ_ERRORS = Map.of(Kind.JAM, "mediaJam");
  private static final Map<Kind, String> MOVE_ERRORS =
      Map.of(
          Kind.JAM, "mediaJam",
          Kind.NO_MEDIA, "noMedia",
          Kind.OCCUPIED, "occupied",
          Kind.BIN_FULL, "full");
  private static final Map<Kind, String> RESET_ERRORS =
      Map.of(Kind.JAM, "mediaJam", Kind.BIN_FULL, "retainBinFull");

  private final Service service;
  private final SimCardReader reader;
  private Call reading;

  CardReaderCommands(Service service, SimCardReader reader) {
    this.service = service;
    this.reader = reader;
    reader.listen(this::happened);
  }

  @Override
  public String name() {
    return "CardReader";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of("ReadRawData", this::readRawData, "Move", this::move, "Reset", this::reset);
  }

  @Override
  public Set<String> events() {
    return Set.of(
        "InsertCardEvent", "MediaInsertedEvent", "MediaRemovedEvent", "MediaDetectedEvent");
  }

  private void happened(DeviceEvent event) {
    switch (event) {
      case DeviceEvent.CardInserted _ when reading != null ->
          reading.event("CardReader.MediaInsertedEvent");
      case DeviceEvent.CardTaken _ -> service.unsolicited("CardReader.MediaRemovedEvent", null);
      default -> {}
    }
  }

  private Future<JsonObject> readRawData(Call call) {
    if (call.payload().stream().noneMatch(asked -> Boolean.TRUE.equals(asked.getValue()))) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "payload: saw nothing to read");
    }
    boolean empty = reader.media() == Media.NOT_PRESENT;
    reading = call;
    Future<TrackData> card = reader.accept();
    if (empty && !card.isComplete()) {
      call.event("CardReader.InsertCardEvent");
      call.cancellable(reader::cancelAccept);
    }
    return Mechanical.translate(card, READ_ERRORS)
        .onComplete(_ -> reading = null)
        .map(tracks -> data(call.payload(), tracks));
  }

  /// What was asked for, and nothing else: not asked for is left out.
  private static JsonObject data(JsonObject asked, TrackData tracks) {
    JsonObject data = new JsonObject();
    for (String track : TRACKS) {
      if (asked.getBoolean(track, false)) {
        data.put(track, track.equals("track2") ? track2(tracks) : notSupported());
      }
    }
    for (String source : OTHER_SOURCES) {
      if (asked.getBoolean(source, false)) data.put(source, notSupported());
    }
    if (asked.getBoolean("chip", false)) data.put("chip", new JsonArray().add(notSupported()));
    return data;
  }

  private static JsonObject track2(TrackData tracks) {
    return tracks.track2() == null
        ? new JsonObject().put("status", "dataMissing")
        : new JsonObject().put("data", Base64.getEncoder().encodeToString(tracks.track2()));
  }

  private static JsonObject notSupported() {
    return new JsonObject().put("status", "dataSourceNotSupported");
  }

  private Future<JsonObject> move(Call call) {
    String from = call.payload().getString("from");
    String to = call.payload().getString("to");
    if (service.dialect() == Dialect.KAL && (from == null || to == null)) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "payload: wanted from and to");
    }
    if (from == null) from = "transport";
    if (to == null) to = "exit";
    Media needed = from.equals("exit") ? Media.ENTERING : Media.PRESENT;
    boolean known = from.equals("exit") || from.equals("transport");
    if (!known || !to.equals(BIN) && !(to.equals("exit") && from.equals("transport"))) {
      throw CommandException.of(
          CompletionCode.UNSUPPORTED_DATA, "no card moves here from " + from + " to " + to);
    }
    if (reader.media() == Media.JAMMED) throw CommandException.error("mediaJam", "a card is stuck");
    if (reader.media() != needed) throw CommandException.error("noMedia", "no card at " + from);
    Future<Void> moved = to.equals("exit") ? reader.eject() : reader.retain();
    return Mechanical.translate(moved, MOVE_ERRORS).mapEmpty();
  }

  private Future<JsonObject> reset(Call call) {
    String storageId = call.payload().getString("storageId");
    if (storageId != null && !storageId.equals(BIN)) {
      throw CommandException.of(CompletionCode.INVALID_DATA, "no retain unit " + storageId);
    }
    ResetTo to =
        switch (call.payload().getString("to", "auto")) {
          case "retain" -> ResetTo.RETAIN;
          case "currentPosition" -> ResetTo.CURRENT;
          default -> ResetTo.EXIT; // auto: a card goes back to whom it belongs
        };
    return Mechanical.translate(reader.reset(to), RESET_ERRORS)
        .map(
            found -> {
              found.ifPresent(_ -> detected(to));
              return null;
            });
  }

  private void detected(ResetTo to) {
    String position =
        switch (to) {
          case EXIT -> "exit";
          case RETAIN -> BIN;
          case CURRENT -> reader.media() == Media.ENTERING ? "exit" : "transport";
        };
    service.unsolicited(
        "CardReader.MediaDetectedEvent", new JsonObject().put("position", position));
  }

  @Override
  public void status(JsonObject status) {
    String media =
        switch (reader.media()) {
          case NOT_PRESENT -> "notPresent";
          case ENTERING -> "entering";
          case PRESENT -> "present";
          case JAMMED -> "jammed";
        };
    Payloads.part(status, "cardReader").put("media", media);
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "cardReader")
        .put("type", "motor")
        .put("readTracks", new JsonObject().put("track2", true))
        .put("powerOffOption", "transport")
        .put("fluxSensorProgrammable", false)
        .put("readWriteAccessFromExit", false)
        .put("positions", new JsonObject().put("exit", true).put("transport", true))
        .put("cardTakenSensor", true);
  }
}
