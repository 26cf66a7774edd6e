package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.PinPad.Key;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills: no note is moved any more while there is still room to write down what has
/// begun, all else goes on, and the service is back by itself once somebody has made room.
class DiskRoomStoryTest {
  private static final long MB = 1 << 20;

  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void idle() {
    atm = new StoryAtm(dir, true);
    atm.seesScreen("idle");
  }

  @AfterEach
  void close() {
    atm.close();
  }

  @Test
  void noNotesAreMovedOnceTheDiskFills() {
    atm.diskHasRoomFor(12 * MB);
    atm.time.pass();
    atm.seesWords("No cash right now");

    String why = "the disk of the books has 12 MB left, wanted 64";
    assertThat(atm.session().cashOffBecause()).contains(why);
    assertThat(atm.session().depositsOffBecause()).contains(why);
    var events = StoryAtm.await(atm.ledger.commit(books -> books.eventsAfter(0, 1000)));
    assertThat(events).extracting(e -> e.kind()).contains("cash-off", "deposits-off");

    CustomerStory alice = atm.customer(ALICE).insertsCard().typesPin();
    atm.seesScreen("menu");
    assertThat(offered()).contains("balance", "transfer").doesNotContain("withdraw", "deposit");
    alice.presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void whoIsInTheMiddleOfAWithdrawalGetsTheirNotes() {
    CustomerStory alice = atm.customer(ALICE).insertsCard().typesPin();
    atm.seesScreen("menu");

    alice.asksFor("60");
    atm.diskHasRoomFor(12 * MB);
    alice.takesCard().takesCash().seesScreen("idle");

    atm.seesWords("No cash right now");
    assertThat(atm.available(ALICE).decimal()).isEqualTo("1190.00");
  }

  @Test
  void withRoomAgainItServesAgain() {
    atm.diskHasRoomFor(12 * MB);
    atm.time.pass();
    atm.seesWords("No cash right now");

    atm.diskHasRoomFor(400 * MB);
    atm.looksAway();
    atm.time.pass();

    atm.sees("an idle screen with cash", m -> m.screen().equals("idle") && m.body().size() == 1);
    assertThat(atm.session().cashOffBecause()).isEmpty();
    assertThat(atm.session().depositsOffBecause()).isEmpty();
  }

  private List<String> offered() {
    return atm.display.snapshot().orElseThrow().options().stream()
        .filter(option -> option.enabled())
        .map(option -> option.id())
        .toList();
  }
}
