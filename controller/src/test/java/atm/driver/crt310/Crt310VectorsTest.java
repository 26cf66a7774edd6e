package atm.driver.crt310;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.driver.crt310.Crt310Wire.Moved;
import atm.driver.crt310.Crt310Wire.Protocol;
import atm.driver.emv.SilentChip;
import atm.link.HeldTime;
import atm.link.ScriptedLink;
import atm.link.Vectors;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The driver's half of the published exchanges, byte by byte, and what a bad line does to them.
class Crt310VectorsTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final Vectors vectors = new Vectors("creator-crt310");
  private final HeldTime time = new HeldTime();

  private <T> T play(String exchange, Function<Crt310Wire, Future<T>> command) {
    return play(vectors.exchange(exchange), command);
  }

  private <T> T play(List<String> script, Function<Crt310Wire, Future<T>> command) {
    ScriptedLink link = new ScriptedLink(script);
    Future<T> answer = command.apply(new Crt310Wire(link, time));
    while (!answer.isComplete()) assertThat(time.pass()).isTrue();
    assertThat(link.complaints()).isEmpty();
    assertThat(link.left()).isEmpty();
    return await(answer);
  }

  @Test
  void reset() {
    assertThat(play("reset", Crt310Wire::reset)).isEqualTo("CRT 310 V3.0");
  }

  @Test
  void status() {
    assertThat(play("status: no card, switch mode, rear closed", Crt310Wire::status))
        .isEqualTo(Crt310Status.NO_CARD);
    assertThat(play("status: card inside, entry forbidden", Crt310Wire::status))
        .isEqualTo(Crt310Status.INSIDE);
  }

  @Test
  void eject() {
    assertThat(play("eject front", Crt310Wire::ejectToFront)).isEqualTo(Moved.YES);
  }

  @Test
  void theChip() {
    assertThat(play("to the chip position", Crt310Wire::toContacts)).isEqualTo(Moved.YES);
    assertThat(play("status: card inside, contacts down", Crt310Wire::status))
        .isEqualTo(Crt310Status.IN_CONTACT);
    boolean on = play("chip power on", wire -> wire.chipPower(true));
    boolean off = play("chip power off", wire -> wire.chipPower(false));
    assertThat(on && off).isTrue();
    assertThat(play("cold reset: T=0", Crt310Wire::chipReset)).isEqualTo(Protocol.T0);
    assertThat(play("cold reset: T=1", Crt310Wire::chipReset)).isEqualTo(Protocol.T1);
    assertThatThrownBy(() -> play("cold reset: no answer", Crt310Wire::chipReset))
        .hasRootCauseInstanceOf(SilentChip.class)
        .rootCause()
        .hasMessage("no answer to reset from the chip, status 4E");
  }

  @Test
  void aQuestionToTheChip() {
    byte[] firstRecord = HexFormat.of().parseHex("00B2010C00");

    byte[] answer = play("exchange in T=1", wire -> wire.exchange(Protocol.T1, firstRecord));
    assertThat(answer).containsExactly(0x6A, 0x83);
    assertThatThrownBy(
            () ->
                play("exchange in T=0: no answer", wire -> wire.exchange(Protocol.T0, firstRecord)))
        .hasRootCauseInstanceOf(SilentChip.class);
  }

  @Test
  void aBrokenAnswerOfAChipIsNotAskedForAnew() {
    List<String> script =
        List.of(
            "> 02 00 09 37 31 00 05 00 B2 01 0C 00 03 B4",
            "< 06",
            "> 05",
            "< 02 00 07 37 31 59 00 02 6A 83 03 FF");

    assertThatThrownBy(
            () ->
                play(
                    script,
                    wire -> wire.exchange(Protocol.T0, HexFormat.of().parseHex("00B2010C00"))))
        .rootCause()
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void track2() {
    assertThat(play("read track 2", Crt310Wire::track2)).contains("4111111111111111=2512");
    assertThat(play("track 2 blank", Crt310Wire::track2)).isEmpty();
  }

  @Test
  void commandsWithoutAPrintedReply() {
    assertThat(hex(Crt310Frames.command(0x2F, 0x33, 0x31)))
        .isEqualTo(vectors.first("allow front by switch, forbid rear"));
    assertThat(hex(Crt310Frames.command(0x32, 0x33))).isEqualTo(vectors.first("capture"));
  }

  @Test
  void aRefusalSaysWhatTheReaderMeans() {
    Buffer refusal = Buffer.buffer(HEX.parseHex(vectors.first("unknown command 99")));
    Crt310Frames frames = new Crt310Frames();

    assertThat(frames.wrong(refusal)).isEmpty();
    assertThat(frames.answers(Crt310Frames.command(0x99, 0x30), refusal)).isTrue();
    assertThat(frames.answers(Crt310Frames.command(0x32, 0x30), refusal)).isFalse();
    assertThatThrownBy(
            () ->
                play(
                    List.of("> 02 00 02 32 30 03 01", "< 06", "> 05", "< 02 00 03 4E 32 06 03 78"),
                    Crt310Wire::ejectToFront))
        .rootCause()
        .hasMessageContaining("error 06, an abnormal card is inside");
  }

  @Test
  void sentinelsAreStripped() {
    List<String> script =
        List.of(
            "> 02 00 04 45 30 30 32 03 72",
            "< 06",
            "> 05",
            "< "
                + hex(
                    Crt310Frames.command(0x45, 0x30, 0x30, 0x32, 0x1F, 0x59, ';', '4', '=', '?')));

    assertThat(play(script, Crt310Wire::track2)).contains("4=");
  }

  @Test
  void aBrokenReplyIsAskedForAnew() {
    List<String> script =
        List.of(
            "> 02 00 02 31 30 03 02",
            "< 06",
            "> 05",
            "< 02 00 05 31 30 4A 4E 4E 03 4E",
            "> 02 00 02 31 30 03 02",
            "< 06",
            "> 05",
            "< 02 00 05 31 30 4A 4E 4E 03 4F");

    assertThat(play(script, Crt310Wire::status)).isEqualTo(Crt310Status.INSIDE);
  }

  @Test
  void aReaderThatSaysNothingIsATimeoutAfterThreeTries() {
    String status = "> 02 00 02 31 30 03 02";

    assertThatThrownBy(() -> play(List.of(status, status, status), Crt310Wire::status))
        .rootCause()
        .hasMessageContaining("no acknowledgement, 3 times; nothing else came");
    assertThat(time.running()).isZero();
  }

  @Test
  void theTraceHidesTracksAndNothingElse() {
    Crt310Frames.TrackMask mask = new Crt310Frames.TrackMask();
    StringBuilder shown = new StringBuilder();
    for (String exchange :
        List.of(
            "reset",
            "read track 2",
            "eject front",
            "a chip is read, from card inside to card inside",
            "chip power on")) {
      for (String step : vectors.exchange(exchange)) {
        if (!step.startsWith("< ")) continue;
        for (byte b : HEX.parseHex(step.substring(2))) {
          shown.append(mask.hides(b) ? "** " : "%02X ".formatted(b));
        }
      }
    }

    assertThat(shown.toString())
        .contains("43 52 54 20 33 31 30", "02 00 1B 45 30 30 32 ** ** ** **", "32 30 59 03 59")
        .contains("02 00 1E 37 31 59 00 19 ** ** **", "03 ** 06 02 00 03 33 31 59 03 59")
        .doesNotContain("31 31 31 31")
        .doesNotContain("47 61");
  }

  @Test
  void theTraceHidesWhatIsLeftOfAFrameThatCameBroken() {
    String track = "02 00 1B 45 30 30 32 1F 59 34 31 31 31 31 31 31 31 31 31 31 31 31 31 31 31";
    String rest = " 3D 32 35 31 32 03 17";
    Map<String, String> broken =
        Map.of(
            "cut, and sent again", track + " 06 " + track + rest,
            "without its beginning", track.substring(3) + rest,
            "with another command", (track + rest).replace("1B 45", "1B 46"),
            "with another length", (track + rest).replace("00 1B", "00 03"),
            "with a length that cannot be", (track + rest).replace("00 1B", "90 1B"));
    broken.forEach(
        (why, hex) -> {
          Crt310Frames.TrackMask mask = new Crt310Frames.TrackMask();
          StringBuilder shown = new StringBuilder();
          for (byte b : HEX.parseHex(hex + " 06 02 00 05 31 30 4E 4A 4E 03 4F")) {
            shown.append(mask.hides(b) ? "** " : "%02X ".formatted(b));
          }

          assertThat(shown.toString()).as(why).doesNotContain("31 31").doesNotContain("32 35");
        });
  }

  private static String hex(Buffer bytes) {
    return HEX.formatHex(bytes.getBytes());
  }
}
