package sim.xfs4iot;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Key;
import sim.mechanics.KeyEntry;
import sim.mechanics.KeyRequest;
import sim.mechanics.SimPinPad;

/// The Keyboard interface: PIN entry, whose digits stay in the pad, and data entry (sheet,
/// sections 8 and 9.4). Server's event loop only.
final class KeyboardCommands implements CommandSet {
  private final SimPinPad pad;
  private Call entering;
  private KeyRequest asked;

  KeyboardCommands(SimPinPad pad) {
    this.pad = pad;
    pad.listen(this::happened);
  }

  @Override
  public String name() {
    return "Keyboard";
  }

  @Override
  public Map<String, Handler> commands() {
    return Map.of(
        "GetLayout", this::getLayout,
        "PinEntry", this::pinEntry,
        "DataEntry", this::dataEntry,
        "Reset", this::reset);
  }

  @Override
  public Set<String> events() {
    return Set.of("EnterDataEvent", "KeyEvent");
  }

  private Future<JsonObject> getLayout(Call call) {
    String mode = call.payload().getString("entryMode");
    if ("secure".equals(mode)) {
      throw CommandException.error("modeNotSupported", "keys are not entered by hand here");
    }
    JsonObject layout = new JsonObject();
    for (String each : new String[] {"data", "pin"}) {
      if (mode == null || mode.equals(each)) layout.put(each, PadLayout.frames());
    }
    return Future.succeededFuture(new JsonObject().put("layout", layout));
  }

  private Future<JsonObject> pinEntry(Call call) {
    JsonObject payload = call.payload();
    int least = Payloads.bounded(payload, "minLen", 0);
    int most = Payloads.bounded(payload, "maxLen", 0);
    boolean autoEnd = payload.getBoolean("autoEnd", false);
    KeyRequest request = request(payload, least, most, autoEnd, true);
    if (request.terminating().isEmpty() && most != 0 && !autoEnd) {
      throw CommandException.error("noTerminatekeys", "no key and no length ends the entry");
    }
    return enter(call, request)
        .map(
            entry ->
                new JsonObject().put("digits", entry.digits()).put("completion", ending(entry)));
  }

  private Future<JsonObject> dataEntry(Call call) {
    JsonObject payload = call.payload();
    int most = Payloads.bounded(payload, "maxLen", 0);
    KeyRequest request = request(payload, 0, most, payload.getBoolean("autoEnd", false), false);
    return enter(call, request).map(KeyboardCommands::typed);
  }

  private static KeyRequest request(
      JsonObject payload, int least, int most, boolean autoEnd, boolean hidden) {
    JsonObject keys = payload.getJsonObject("activeKeys", new JsonObject());
    if (keys.isEmpty()) throw CommandException.error("noActivekeys", "no active keys");
    if (most != 0 && least > most) {
      throw hidden
          ? CommandException.error("minimumLength", "minLen " + least + " above maxLen " + most)
          : CommandException.of(CompletionCode.INVALID_DATA, "minLen above maxLen");
    }
    Set<Key> active = new HashSet<>();
    Set<Key> terminating = new HashSet<>();
    for (String word : keys.fieldNames()) {
      Key key =
          PadKeys.key(word)
              .orElseThrow(
                  () -> CommandException.error("keyNotSupported", "the pad has no key " + word));
      active.add(key);
      JsonObject how = keys.getJsonObject(word);
      if (how != null && how.getBoolean("terminate", false)) terminating.add(key);
    }
    return new KeyRequest(active, terminating, least, most, autoEnd, hidden);
  }

  private Future<KeyEntry> enter(Call call, KeyRequest request) {
    entering = call;
    asked = request;
    Future<KeyEntry> entry = pad.enter(request);
    if (!entry.isComplete()) {
      call.event("Keyboard.EnterDataEvent");
      call.cancellable(pad::cancelEntry);
    }
    return Mechanical.translate(entry, Map.of())
        .onComplete(
            _ -> {
              entering = null;
              asked = null;
            });
  }

  private void happened(DeviceEvent event) {
    if (entering == null || !(event instanceof DeviceEvent.KeyPressed pressed)) return;
    JsonObject told = new JsonObject();
    boolean digit = pressed.key().map(Key::isDigit).orElse(true);
    if (digit && asked.autoEnd() && pressed.digits() == asked.digitsMax()) {
      told.put("completion", "auto");
    } else {
      told.put(
          "completion",
          pressed
              .key()
              .map(key -> PadKeys.completion(key, asked.terminating().contains(key)))
              .orElse("continue"));
    }
    // A digit of a PIN has no name out here, not even in an event.
    pressed.key().ifPresent(key -> told.put("digit", PadKeys.word(key)));
    entering.event("Keyboard.KeyEvent", told);
  }

  private static String ending(KeyEntry entry) {
    return entry.endedBy().map(key -> PadKeys.completion(key, true)).orElse("auto");
  }

  private static JsonObject typed(KeyEntry entry) {
    JsonArray keys = new JsonArray();
    entry.keys().forEach(key -> keys.add(pinKey(key, false)));
    entry.endedBy().filter(key -> !key.isDigit()).ifPresent(key -> keys.add(pinKey(key, true)));
    return new JsonObject()
        .put("keys", keys.size())
        .put("pinKeys", keys)
        .put("completion", ending(entry));
  }

  private static JsonObject pinKey(Key key, boolean ends) {
    return new JsonObject()
        .put("completion", PadKeys.completion(key, ends))
        .put("digit", PadKeys.word(key));
  }

  private Future<JsonObject> reset(Call call) {
    return Mechanical.translate(pad.reset(), Map.of()).mapEmpty();
  }

  @Override
  public void status(JsonObject status) {
    Payloads.part(status, "keyboard")
        .put(
            "autoBeepMode",
            new JsonObject().put("activeAvailable", false).put("inactiveAvailable", false));
  }

  @Override
  public void capabilities(JsonObject capabilities) {
    Payloads.part(capabilities, "keyboard")
        .put(
            "autoBeep",
            new JsonObject()
                .put("activeAvailable", false)
                .put("activeSelectable", false)
                .put("inactiveAvailable", false)
                .put("inactiveSelectable", false));
  }
}
