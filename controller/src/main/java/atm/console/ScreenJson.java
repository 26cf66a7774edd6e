package atm.console;

import atm.screen.ScreenModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// The screen model as the page gets it, on `ui.screen` and from `ui.snapshot`.
final class ScreenJson {
  private ScreenJson() {}

  static JsonObject of(ScreenModel model) {
    JsonArray options = new JsonArray();
    for (ScreenModel.Option option : model.options()) {
      options.add(
          new JsonObject()
              .put("fdk", String.valueOf(option.fdk()))
              .put("id", option.id())
              .put("label", option.label())
              .put("enabled", option.enabled()));
    }
    JsonObject json =
        new JsonObject()
            .put("seq", model.seq())
            .put("session", model.session())
            .put("screen", model.screen())
            .put("lang", model.lang())
            .put("dir", model.dir())
            .put("title", model.title())
            .put("body", new JsonArray(model.body()))
            .put("options", options)
            .put("remainingMs", model.remainingMs())
            .put("speech", model.speech())
            .put("severity", model.severity().name().toLowerCase(java.util.Locale.ROOT))
            .put(
                "aids",
                new JsonObject()
                    .put("large", model.aids().large())
                    .put("contrast", model.aids().contrast())
                    .put("captions", model.aids().captions()));
    model.entry().ifPresent(entry -> json.put("entry", entry(entry)));
    return json;
  }

  private static JsonObject entry(ScreenModel.Entry entry) {
    return switch (entry) {
      case ScreenModel.Entry.Pin(int count) ->
          new JsonObject().put("kind", "pin").put("count", count);
      case ScreenModel.Entry.Amount(String text) ->
          new JsonObject().put("kind", "amount").put("text", text);
      case ScreenModel.Entry.Account(String text) ->
          new JsonObject().put("kind", "account").put("text", text);
    };
  }
}
