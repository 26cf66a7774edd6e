package atm.driver.lcdm4000;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.driver.lcdm4000.Lcdm4000Reply.Counted;
import atm.link.HeldTime;
import atm.link.ScriptedLink;
import atm.link.Vectors;
import atm.link.frame.Once;
import io.vertx.core.Future;
import java.util.HexFormat;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The driver's half of the published exchanges, byte by byte.
class Lcdm4000VectorsTest {
  private final Vectors vectors = new Vectors("puloon-lcdm-4000");

  private <T> T play(String exchange, Function<Lcdm4000Wire, Future<T>> command) {
    ScriptedLink link = new ScriptedLink(vectors.exchange(exchange));
    T answer = await(command.apply(new Lcdm4000Wire(link, new HeldTime())));
    assertThat(link.complaints()).isEmpty();
    assertThat(link.left()).isEmpty();
    return answer;
  }

  @Test
  void status() {
    Lcdm4000Reply.Status status = play("status", Lcdm4000Wire::status);

    assertThat(status.error().isGood()).isTrue();
    assertThat(status.notesOnPath()).isFalse();
    assertThat(status.fitted()).containsExactly(true, true, true, true);
    assertThat(status.nearEnd()).containsExactly(false, false, false, false);
  }

  @Test
  void purge() {
    assertThat(play("purge", Lcdm4000Wire::purge)).isEqualTo(new Lcdm4000Error(0));
  }

  @Test
  void dispense() throws Exception {
    Once once =
        play(
            "dispense 2, 0, 1, 0: one of cassette 3 rejected",
            wire -> wire.dispense(new int[] {2, 0, 1, 0}));

    Lcdm4000Reply.Moved moved = Lcdm4000Reply.Moved.of(((Once.Replied) once).reply());
    assertThat(once.isClean()).isTrue();
    assertThat(moved.error().isGood()).isTrue();
    assertThat(moved.counted())
        .containsExactly(
            new Counted(2, 0), new Counted(0, 0), new Counted(1, 1), new Counted(0, 0));
  }

  @Test
  void lastStatus() {
    assertThat(
            HexFormat.ofDelimiter(" ")
                .withUpperCase()
                .formatHex(Lcdm4000Frames.command(Lcdm4000Frames.LAST_STATUS).getBytes()))
        .isEqualTo(vectors.first("last status"));
  }
}
