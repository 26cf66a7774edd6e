package atm.driver.pcsc;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.device.CardReader;
import atm.device.CardReader.CardRead;
import atm.device.CardReaderContract;
import atm.device.DeviceStatus;
import atm.link.Backoff;
import atm.link.Vectors;
import atm.value.Pan;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The driver with a virtual reader in the place of the library's, and virtual cards in it.
class PcscCardReaderTest extends CardReaderContract {
  private static final Track2 ON_THE_CARD =
      new Track2(new Pan("4761739001010010"), YearMonth.of(2022, 12), "201");

  private static final int ASKED_IN_A_NIGHT = (int) Duration.ofHours(8).toMillis() / 250;

  private final Vectors vectors = new Vectors("pcsc-emv-pan");
  private final Vertx vertx = Vertx.vertx();
  private final VirtualTerminal terminal = new VirtualTerminal();
  private PcscCardReader reader;

  @BeforeEach
  void open() {
    reader = reader(() -> terminal.isGone() ? List.of() : List.of(terminal), "acr39u");
    reader.open();
    awaitState(reader, DeviceStatus.State.ONLINE);
  }

  private PcscCardReader reader(Terminals terminals, String name) {
    return new PcscCardReader(vertx, terminals, name, Clock.systemUTC(), Backoff.usual());
  }

  @AfterEach
  void close() {
    await(reader.close());
    await(vertx.close());
  }

  @Override
  protected CardReader reader() {
    return reader;
  }

  @Override
  protected Track2 insertCard() {
    terminal.insert(new VirtualCard(vectors.exchange("contact card with a directory")));
    return ON_THE_CARD;
  }

  @Override
  protected void insertUnreadableCard() {
    terminal.insert(new VirtualCard(List.of()));
  }

  @Override
  protected void takeCard() {
    terminal.take();
  }

  @Override
  protected void jam() {
    throw new AssertionError("nothing here can jam");
  }

  @Override
  protected void cutWire() {
    terminal.unplug();
  }

  @Override
  protected void mendWire() {
    terminal.plug();
  }

  @Test
  void whoComesFirstInTheMorningIsServed() {
    terminal.hurry(ASKED_IN_A_NIGHT);
    Promise<Void> waiting = Promise.promise();
    Future<CardRead> read = reader.read(Duration.ZERO, waiting::complete);
    await(waiting.future());
    terminal.awaitHurried();
    insertCard();

    assertThat(await(read)).isEqualTo(new CardRead.Card(ON_THE_CARD));
  }

  @Test
  void whereACardComesItIsToldBeforeItIsRead() {
    Promise<Void> waiting = Promise.promise();
    Promise<Void> inserted = Promise.promise();
    Future<CardRead> read = reader.read(LONG, waiting::complete, inserted::complete);
    await(waiting.future());
    insertCard();

    await(inserted.future());
    assertThat(await(read)).isEqualTo(new CardRead.Card(ON_THE_CARD));
    assertThat(reader.identity()).isEqualTo("ACS ACR39U ICC Reader 00 00");
  }

  @Test
  void aChipThatDoesNotAnswerAtFirstGetsPowerOnceMore() {
    List<String> script = vectors.exchange("contact card with a directory");
    terminal.insert(new VirtualCard(script).deaf(1));
    assertThat(await(reader.read(LONG, () -> {}))).isEqualTo(new CardRead.Card(ON_THE_CARD));

    terminal.insert(new VirtualCard(script).deaf(2));
    assertThat(await(reader.read(LONG, () -> {})))
        .isInstanceOfSatisfying(
            CardRead.Unreadable.class,
            unreadable -> assertThat(unreadable.why()).contains("SCARD_W_UNRESPONSIVE_CARD"));
  }

  @Test
  void aCardThatIsPulledOutDuringTheVisitIsGone() {
    insertCard();
    await(reader.read(LONG, () -> {}));
    takeCard();

    assertThat(await(reader.media())).isEqualTo(CardReader.Media.NONE);
    assertThat(await(reader.eject())).isInstanceOf(CardReader.EjectOutcome.NoCard.class);
  }

  @Test
  void withoutTheServiceItSaysWhatToInstall() {
    PcscCardReader alone =
        reader(
            () -> {
              throw new IOException("there is no smart-card service: install and start pcscd");
            },
            "first");
    alone.open();

    awaitState(alone, DeviceStatus.State.OFFLINE);
    assertThat(awaitDetail(alone)).contains("install and start pcscd");
    await(alone.close());
  }

  @Test
  void whereTheReaderIsNotThereItNamesThoseThatAre() {
    PcscCardReader other = reader(() -> List.of(terminal), "omnikey");
    other.open();

    assertThat(awaitDetail(other))
        .isEqualTo("pcsc:omnikey: no such reader; there are [ACS ACR39U ICC Reader 00 00]");
    await(other.close());
  }

  /// The service of this very computer, whatever it is like: a list of readers or a sentence.
  @Test
  void theComputersOwnServiceAnswersOrIsMissedInASentence() {
    try {
      assertThat(Terminals.ofThisComputer()).isNotNull();
    } catch (IOException absent) {
      assertThat(absent.getMessage()).contains("pcscd");
    }
  }

  private static String awaitDetail(CardReader reader) {
    Promise<String> detail = Promise.promise();
    Runnable stop =
        reader.onStatus(
            status -> {
              if (!status.detail().equals(DeviceStatus.NOT_YET.detail())) {
                detail.tryComplete(status.detail());
              }
            });
    if (!reader.status().equals(DeviceStatus.NOT_YET)) detail.tryComplete(reader.status().detail());
    String said = await(detail.future());
    stop.run();
    return said;
  }

  @Test
  void noReaderIsNoTroubleOfTheService() throws IOException {
    assertThat(Terminals.in(failing("SCARD_E_NO_READERS_AVAILABLE"))).isEmpty();
  }

  @Test
  void aServiceThatWasRestartedIsToldFromOneThatStopped() {
    assertThatThrownBy(() -> Terminals.in(failing("SCARD_E_INVALID_HANDLE")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it was restarted, so restart the controller");
    assertThatThrownBy(() -> Terminals.in(failing("SCARD_E_NO_SERVICE")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("start pcscd, then restart the controller");
  }

  /// As the library fails: its own word is in the cause.
  private static CardTerminals failing(String reason) {
    return new CardTerminals() {
      @Override
      public List<CardTerminal> list(State state) throws CardException {
        throw new CardException("list() failed", new IOException(reason));
      }

      @Override
      public boolean waitForChange(long timeout) {
        return false;
      }
    };
  }
}
