package atm.console;

import atm.fuzz.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
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

  private ConsoleTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("operator-desk", IllegalArgumentException.class, ConsoleTargets::desk));
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
