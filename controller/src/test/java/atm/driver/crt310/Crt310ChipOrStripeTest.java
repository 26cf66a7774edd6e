package atm.driver.crt310;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CardReader;
import atm.device.CardReader.CardRead;
import atm.device.DeviceKind;
import atm.driver.PlayedMachine;
import atm.value.Track2;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Card;
import sim.mechanics.SimCardReader;
import sim.mechanics.When;

/// Which of chip and stripe is believed, where one or both of them fail.
class Crt310ChipOrStripeTest {
  @TempDir Path folder;
  private PlayedMachine machine;

  @BeforeEach
  void start() {
    URI at = URI.create("tcp://localhost:0");
    machine =
        new PlayedMachine(
            folder, DeviceKind.CARD_READER, "crt-310", at, List.of(), Map.of("chip", "yes"));
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void aChipThatLosesContactGetsPowerOnceMore() {
    fault("unreadable", When.ALWAYS);
    fault("chip-contact", When.ONCE);

    assertThat(readCard()).isInstanceOf(CardRead.Card.class);
  }

  @Test
  void whereNeitherAnswersBothAreNamed() {
    fault("unreadable", When.ALWAYS);
    fault("chip-silent", When.NOW);

    assertThat(readCard())
        .isEqualTo(
            new CardRead.Unreadable(
                "track 2 cannot be read; nor the chip: no answer to reset from the chip, status 4E"));
  }

  @Test
  void theStripeStandsInForAChipThatGivesNoAnswerAndTheLogSaysSo() {
    fault("chip-contact", When.NOW);
    Heard log = new Heard();

    assertThat(readCard()).isInstanceOf(CardRead.Card.class);
    assertThat(log.warnings())
        .containsExactly(
            "card-reader: the stripe is read, of a card whose chip should have answered:"
                + " no answer from the chip, status 4E");
    log.stop();
  }

  @Test
  void theStripeDoesNotGetAroundAChipThatAnswers() {
    fault("chip-status", When.NOW);

    assertThat(readCard())
        .isEqualTo(new CardRead.Unreadable("the chip has no application that is known here"));
  }

  private void fault(String kind, When when) {
    machine.hand(() -> machine.mechanics().fault(kind, when));
  }

  private CardRead readCard() {
    Card card = PlayedMachine.ALICE.card();
    CardReader reader = (CardReader) machine.device();
    Future<CardRead> read = reader.read(Duration.ofSeconds(60), () -> {});
    machine.handWhenPossible(() -> ((SimCardReader) machine.mechanics()).insert(card));
    CardRead seen = await(read);
    if (seen instanceof CardRead.Card(Track2 track2)) {
      assertThat(track2)
          .isEqualTo(Track2.parse(new String(card.track2(), StandardCharsets.US_ASCII)));
    }
    return seen;
  }

  private static final class Heard extends Handler {
    private static final Logger LOGGER = Logger.getLogger(Crt310Reading.class.getName());

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    Heard() {
      // Tests are run without a log.
      LOGGER.setLevel(Level.WARNING);
      LOGGER.addHandler(this);
    }

    void stop() {
      LOGGER.removeHandler(this);
      LOGGER.setLevel(null);
    }

    List<String> warnings() {
      return warnings;
    }

    @Override
    public void publish(LogRecord told) {
      if (told.getLevel() == Level.WARNING) {
        warnings.add(MessageFormat.format(told.getMessage(), told.getParameters()));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
