package atm.driver.xfs4iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.fuzz.Target;
import java.util.List;

public final class MessageTargets {
  private MessageTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "xfs4iot",
            IllegalArgumentException.class,
            bytes -> {
              Message message = Message.parse(new String(bytes, UTF_8));
              Target.said(message.name() + message.failure());
            }));
  }
}
