package atm.link;

import static atm.device.Awaiting.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A serial port over the network: the published bytes, and servers that are none.
class Rfc2217Test {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final LineSettings LINE = LineSettings.plain(9600);

  private final Vertx vertx = Vertx.vertx();
  private final Vectors vectors = new Vectors("rfc2217");

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  /// Offers as pyserial's client makes them, and settings as the sheet has them.
  private List<String> agreement() {
    List<String> script = new ArrayList<>(List.of("> FF FD 01", "> FF FB 03", "> FF FD 03"));
    script.add("> FF FD 2C");
    script.addAll(vectors.exchange("offer"));
    script.addAll(vectors.exchange("9600 baud"));
    for (String setting :
        List.of("8 bits", "no parity", "1 stop bit", "no flow control", "DTR on")) {
      confirmed(script, vectors.first(setting));
    }
    confirmed(script, "FF FA 2C 0C 03 FF F0");
    return script;
  }

  private static void confirmed(List<String> script, String command) {
    script.add("> " + command);
    byte[] answer = HEX.parseHex(command);
    answer[3] += 100;
    script.add("< " + HEX.formatHex(answer));
  }

  private static Rfc2217Link link(ScriptedLink socket) {
    return new Rfc2217Link(socket, "rfc2217://test", new WireTrace("test"));
  }

  @Test
  void theLineIsAgreedOnAndBytesPass() {
    List<String> script = agreement();
    script.addAll(vectors.exchange("data 01 FF 02"));
    script.add("< 06 FF FF 15 FF FA 2C 6B 30 FF F0 07");
    ScriptedLink socket = new ScriptedLink(script);
    Rfc2217Link link = link(socket);
    Buffer heard = Buffer.buffer();
    await(link.agree(LINE));
    link.onBytes(heard::appendBuffer);
    await(link.write(Buffer.buffer(new byte[] {1, (byte) 0xFF, 2})));

    assertThat(socket.complaints()).isEmpty();
    assertThat(socket.left()).isEmpty();
    assertThat(HEX.formatHex(heard.getBytes())).isEqualTo("06 FF 15 07");
  }

  @Test
  void aServerThatSetsAnotherSpeedIsRefused() {
    List<String> script = new ArrayList<>(agreement().subList(0, 6));
    script.add("> FF FA 2C 01 00 00 25 80 FF F0");
    script.add("< FF FA 2C 65 00 00 12 C0 FF F0");

    assertThatThrownBy(() -> await(link(new ScriptedLink(script)).agree(LINE)))
        .rootCause()
        .hasMessageContaining("sets 1 to 00 00 12 C0, wanted 00 00 25 80");
  }

  @Test
  void aServerWithoutTheOptionIsRefused() {
    List<String> script = new ArrayList<>(agreement().subList(0, 5));
    script.add("< FF FE 2C");

    assertThatThrownBy(() -> await(link(new ScriptedLink(script)).agree(LINE)))
        .rootCause()
        .hasMessageContaining("does not speak RFC 2217");
  }

  @Test
  void otherOptionsAreDeclinedAndBinaryTaken() {
    ScriptedLink socket =
        new ScriptedLink("< FF FD 18 FF FB 05 FF FD 00", "> FF FC 18 FF FE 05 FF FB 00");
    link(socket);
    socket.begin();

    assertThat(socket.complaints()).isEmpty();
    assertThat(socket.left()).isEmpty();
  }

  @Test
  void piecesOfAnySizeMakeTheSame() {
    Buffer whole =
        Buffer.buffer(HEX.parseHex("01 FF FF 02 FF FD 2C FF FA 2C 65 00 00 FF FF 80 FF F0 03"));
    for (int size = 1; size <= whole.length(); size++) {
      StringBuilder seen = new StringBuilder();
      Telnet telnet =
          new Telnet(
              new Telnet.Ear() {
                @Override
                public void data(Buffer bytes) {
                  for (byte b : bytes.getBytes()) seen.append("%02X ".formatted(b));
                }

                @Override
                public void asked(int verb, int option) {
                  seen.append("asked %02X %02X ".formatted(verb, option));
                }

                @Override
                public void said(int option, Buffer value) {
                  seen.append("said %02X: ".formatted(option));
                  seen.append(HEX.formatHex(value.getBytes())).append(' ');
                }
              });
      for (int at = 0; at < whole.length(); at += size) {
        telnet.feed(whole.getBuffer(at, Math.min(whole.length(), at + size)));
      }

      assertThat(seen.toString()).isEqualTo("01 FF 02 asked FD 2C said 2C: 65 00 00 FF 80 03 ");
    }
  }

  @Test
  void overARealSocket() throws Exception {
    BlockingQueue<Buffer> heard = new LinkedBlockingQueue<>();
    int port = await(server());
    ByteAddress address =
        ByteAddress.of(URI.create("rfc2217://localhost:" + port + "?baud=19200"), LINE);
    ByteConnector connector = ByteConnector.to(address, vertx, new WireTrace("test"));
    ByteLink link =
        await(connector.open(Duration.ofSeconds(30)).onSuccess(up -> up.onBytes(heard::add)));
    link.write(Buffer.buffer("ping"));

    assertThat(heard.poll(30, SECONDS)).isEqualTo(Buffer.buffer("ping"));
    await(link.close());
    assertThat(await(link.ended())).isInstanceOf(IOException.class);
  }

  /// Agrees to everything, and says back what it hears.
  private Future<Integer> server() {
    return vertx
        .createNetServer()
        .connectHandler(
            socket -> {
              Telnet telnet = AgreeingServer.to(socket);
              socket.handler(telnet::feed);
            })
        .listen(0, "localhost")
        .map(server -> server.actualPort());
  }
}
