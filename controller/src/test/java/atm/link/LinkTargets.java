package atm.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.fuzz.Target;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.net.URI;
import java.util.List;

public final class LinkTargets {
  private LinkTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "address",
            IllegalArgumentException.class,
            b ->
                Target.said(
                    ByteAddress.of(URI.create(new String(b, UTF_8)), LineSettings.plain(9600)))),
        Target.of("telnet", ProtocolException.class, LinkTargets::telnet));
  }

  private static void telnet(byte[] bytes) {
    Telnet telnet =
        new Telnet(
            new Telnet.Ear() {
              @Override
              public void data(Buffer data) {
                if (data.length() == 0) throw new AssertionError("data of nothing");
              }

              @Override
              public void asked(int verb, int option) {}

              @Override
              public void said(int option, Buffer value) {
                if (value.length() > 512) throw new AssertionError(value.length() + " bytes kept");
              }
            });
    telnet.feed(Buffer.buffer(bytes));
  }
}
