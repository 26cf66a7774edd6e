package atm.link;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The scripted device keeps to its script, and says where a driver did not.
class ScriptedLinkTest {
  private final List<String> heard = new ArrayList<>();

  @Test
  void itAnswersInItsTurnAndSaysNothingWhileItPauses() {
    ScriptedLink link = link("> 05", "< 06", "pause", "< 15", "> ** 01", "cut");
    link.write(bytes("05"));
    assertThat(heard).containsExactly("06");

    link.resume();
    assertThat(heard).containsExactly("06", "15");
    link.write(bytes("7F"));
    assertThat(link.ended().isComplete()).isFalse();
    link.write(bytes("01"));

    assertThat(link.ended().result()).hasMessage("script: cut");
    assertThat(link.complaints()).isEmpty();
    assertThat(link.left()).isEmpty();
  }

  @Test
  void whatItDidNotWantIsKept() {
    ScriptedLink link = link("> 05", "< 06");
    link.write(bytes("04"));

    assertThat(link.complaints()).containsExactly("sent 04, wanted 05");
    assertThat(link.left()).containsExactly("> 05", "< 06");
  }

  @Test
  void oneByteOfAllAnswersIsChanged() {
    assertThat(ScriptedLink.corrupted(List.of("> 05", "< 06 07", "cut", "< 08"), 2, 0xFF))
        .containsExactly("> 05", "< 06 07", "cut", "< F7");
  }

  @Test
  void aRecordingIsALinkForEachConnection() {
    List<ScriptedLink> links =
        ScriptedLink.replaying(
            List.of(
                "2026-11-22T10:00:00Z reader . connected to serial:/dev/ttyS0",
                "2026-11-22T10:00:01Z reader > 05 **",
                "2026-11-22T10:00:01Z dispenser < 7F",
                "2026-11-22T10:00:02Z reader < 06",
                "2026-11-22T10:00:03Z reader . serial:/dev/ttyS0: unplugged",
                "2026-11-22T10:00:04Z reader . connected to serial:/dev/ttyS0",
                "2026-11-22T10:00:05Z reader < 15",
                "2026-11-22T10:00:06Z reader . serial:/dev/ttyS0: closed by us"),
            "reader");
    assertThat(links)
        .extracting(ScriptedLink::left)
        .containsExactly(List.of("> 05 **", "< 06", "cut"), List.of("< 15"));

    ByteConnector connector = ScriptedLink.connector(links);
    assertThat(await(connector.open(Duration.ZERO))).isSameAs(links.getFirst());
    assertThat(await(connector.open(Duration.ZERO))).isSameAs(links.getLast());
    assertThatThrownBy(() -> await(connector.open(Duration.ZERO)))
        .hasMessageContaining("no more connections");
  }

  @Test
  void whatARecordingMasksCannotBeSaidAgain() {
    assertThatThrownBy(
            () ->
                ScriptedLink.replaying(
                    List.of("t reader . connected to x", "t reader < 02 ** 03"), "reader"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("< 02 ** 03");
  }

  private ScriptedLink link(String... lines) {
    ScriptedLink link = new ScriptedLink(lines);
    link.onBytes(bytes -> heard.add(HexFormat.of().withUpperCase().formatHex(bytes.getBytes())));
    return link;
  }

  private static Buffer bytes(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex));
  }
}
