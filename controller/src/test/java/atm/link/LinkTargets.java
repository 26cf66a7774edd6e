package atm.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.fuzz.Chatter;
import atm.fuzz.Target;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
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
        Target.of("telnet", ProtocolException.class, LinkTargets::telnet),
        Target.of("evdev", ProtocolException.class, LinkTargets::evdev),
        new Target("rfc2217", 4096, _ -> false, LinkTargets::rfc2217),
        new Target("wire-trace", 1 << 16, _ -> false, LinkTargets::trace));
  }

  /// A server's words about the line, and data; it need not agree.
  private static void rfc2217(byte[] bytes) {
    Chatter server = new Chatter(bytes);
    Rfc2217Link link = new Rfc2217Link(server, "rfc2217:", new WireTrace("serial"));
    link.onBytes(Target.said());
    Future<Void> agreed = link.agree(LineSettings.plain(9600));
    for (int i = 0; i < bytes.length; i++) link.write(Buffer.buffer(new byte[] {-1, 0}));
    server.fail(new IOException("cut"));
    server.answered(agreed);
  }

  /// No value of a secret's name is in what is logged.
  private static void trace(byte[] bytes) {
    String message = new String(bytes, UTF_8);
    String logged = WireTrace.masked("{\"pinBlock\":\"0123456789ABCDEF\"," + message);
    if (logged.startsWith("{\"pinBlock\":\"0123")) throw new AssertionError(logged);
    WireTrace.masked(message);
  }

  private static void evdev(byte[] bytes) throws ProtocolException {
    InputEvents.Mask mask = new InputEvents.Mask();
    for (byte b : bytes) mask.hides(b);
    new InputEvents(
            new KeyListener() {
              @Override
              public void pressed(int code, long atMicros) {
                if (code < 0 || code > InputEvents.CODE_MAX) throw new AssertionError("" + code);
              }

              @Override
              public void released(int code) {
                pressed(code, 0);
              }

              @Override
              public void lost() {}
            })
        .feed(bytes.clone());
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
