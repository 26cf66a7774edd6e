package atm;

import static org.assertj.core.api.Assertions.assertThat;

import atm.Doctor.Finding;
import atm.Doctor.Mark;
import atm.device.Awaiting;
import atm.device.FakePinPad;
import atm.device.PinPad.Key;
import atm.device.TestKeys;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody at a terminal presses the keys of a keypad, or says that it is enough.
class KeyTestTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakePinPad pad = new FakePinPad(vertx, TestKeys.KEK);
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeEach
  void open() {
    pad.open();
    Awaiting.await(pad.reset());
  }

  @AfterEach
  void close() {
    Awaiting.await(vertx.close());
  }

  /// A terminal at which nobody says anything until it is let go.
  private static final class Silence extends InputStream {
    final CountDownLatch over = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        over.await();
      } catch (InterruptedException stopped) {
        throw new IOException(stopped);
      }
      return -1;
    }
  }

  @Test
  void eachKeyThatComesIsTickedAndWithTheLastItIsOver() throws Exception {
    Silence nobody = new Silence();
    for (Key key : pad.capabilities().keys()) pad.press(key);
    Finding finding = tested(nobody);
    nobody.over.countDown();

    assertThat(finding).isEqualTo(Finding.good("keys", "all 22 came"));
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("press each key: 0 1 2", "5 ✓", "enter ✓", "A ✓");
  }

  @Test
  void atEnterWhatDidNotComeIsNamed() throws Exception {
    pad.press(Key.D1, Key.D2);
    Finding finding = tested(new ByteArrayInputStream("\n".getBytes(StandardCharsets.US_ASCII)));

    assertThat(finding.mark()).isEqualTo(Mark.BAD);
    assertThat(finding.seen()).startsWith("no press came of ").contains(" 3 4 5 ", "cancel");
    assertThat(finding.todo()).contains("rows and columns");
  }

  @Test
  void aPadThatGoesAwayIsToldAsWhatItIs() throws Exception {
    Silence nobody = new Silence();
    Awaiting.await(pad.close());
    Finding finding = tested(nobody);
    nobody.over.countDown();

    assertThat(finding.mark()).isEqualTo(Mark.BAD);
    assertThat(finding.todo()).contains("see to the keypad");
  }

  private Finding tested(InputStream terminal) throws Exception {
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new KeyTest(out, terminal).of(pad);
  }
}
