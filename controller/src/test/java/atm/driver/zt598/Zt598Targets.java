package atm.driver.zt598;

import atm.fuzz.Target;
import atm.link.HeldTime;
import atm.link.ScriptedLink;
import io.vertx.core.Future;
import java.net.ProtocolException;
import java.util.HexFormat;
import java.util.List;

public final class Zt598Targets {
  private Zt598Targets() {}

  public static List<Target> all() {
    return List.of(Target.of("zt598", ProtocolException.class, Zt598Targets::read));
  }

  /// As a reply to a question, and as keys.
  private static void read(byte[] bytes) {
    PadFrames.SecretMask mask = new PadFrames.SecretMask();
    for (byte b : bytes) mask.hides(b);
    if (bytes.length == 0) return;
    HeldTime time = new HeldTime();
    ScriptedLink link =
        new ScriptedLink("< " + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes));
    PadLine line = new PadLine(link, time);
    PadKeys keys = new PadKeys(PadKeys.FUNCTION_KEYS);
    line.onKey(code -> keys.of(code).ifPresent(Target.said()));
    Future<PadReply> answer = line.ask("3", PadReply.Shape.INFORMATION);
    link.begin();
    while (!answer.isComplete() && time.pass()) continue;
    if (answer.succeeded()) {
      Target.said(answer.result().identity());
      answer.result().saysNoKeys();
    } else {
      Target.said(answer.cause().getMessage());
    }
  }
}
