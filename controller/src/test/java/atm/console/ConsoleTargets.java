package atm.console;

import atm.fuzz.Target;
import atm.screen.Display;
import atm.screen.Gallery;
import atm.screen.ScreenModel;
import atm.screen.Texts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;

public final class ConsoleTargets {
  private static final List<String> ACTS =
      List.of(
          "count-envelope",
          "settle-withdrawal",
          "settle-deposit",
          "settle-suspense",
          "clear-stuck-notes",
          "exchange-cassette",
          "empty-bin");

  private static final ScreenModel SCREEN = new Gallery(Texts.load(List.of("en"))).all().getFirst();

  private ConsoleTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("operator-desk", IllegalArgumentException.class, ConsoleTargets::desk),
        new Target("touch", 4096, DecodeException.class::isInstance, ConsoleTargets::touch));
  }

  private static void touch(byte[] bytes) {
    Display display = new Display(Clock.systemUTC());
    KioskBridge bridge = new KioskBridge(null, display, new SimpleMeterRegistry());
    display.show(_ -> SCREEN);
    Object body = Json.decodeValue(Buffer.buffer(bytes));
    bridge.touch(body).map(display::touch).ifPresent(Target.said());
  }

  /// The same body for each form.
  private static void desk(byte[] bytes) {
    JsonObject body;
    try {
      body = new JsonObject(Buffer.buffer(bytes));
    } catch (DecodeException notJson) {
      return;
    }
    IllegalArgumentException last = null;
    for (String act : ACTS) {
      try {
        Target.said(OperatorAct.of(act, body));
      } catch (IllegalArgumentException wrong) {
        last = wrong;
      }
    }
    if (last != null) throw last;
  }
}
