package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.ledger.JournalEvent;
import atm.value.Money;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notes that move while nobody is served, as by a hand or a program that reached the device past
/// this one: no entry explains them, so the service stops and the alarm is raised, with nobody
/// there and before the next customer is paid.
class MovedNotesStoryTest {
  private static final Money TEN = Money.parse("10 EUR");
  private static final Money TWENTY = Money.parse("20 EUR");

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
  void aNoteThatLeftItsCassetteIsNoticedWithNobodyThere() {
    oneNoteIsGone();
    assertThat(atm.session().cashOffBecause()).isEmpty();

    atm.time.pass();

    atm.seesWords("No cash right now");
    isOff();
  }

  /// Before the minute is over: nothing is paid on counts that nobody can explain.
  @Test
  void andBeforeTheNextCustomerIsPaid() {
    CustomerStory alice = atm.customer(ALICE).insertsCard().typesPin();
    atm.seesScreen("menu");
    oneNoteIsGone();

    alice.chooses("menu", "withdraw");

    atm.seesWords("You can still check your balance");
    isOff();
    assertThat(atm.takenByCustomers()).isEmpty();
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
  }

  @Test
  void countsThatAgreeAgainPutItOnAgain() {
    oneNoteIsGone();
    atm.time.pass();
    atm.seesWords("No cash right now");

    atm.dispenser.load("C1", TEN, 1000);
    atm.dispenser.load("C2", TWENTY, 2000);
    atm.session().lookAgain();

    atm.sees("an idle screen with cash", m -> m.screen().equals("idle") && m.body().size() == 1);
    assertThat(atm.session().cashOffBecause()).isEmpty();
  }

  @Test
  void aBinThatHoldsMoreThanTheBooksStopsDeposits() {
    assertThat(atm.session().depositsOffBecause()).isEmpty();
    atm.acceptor.slipsIntoTheBin(TWENTY);

    atm.looksAway();
    atm.time.pass();

    atm.seesScreen("idle");
    assertThat(atm.session().depositsOffBecause().orElseThrow())
        .contains("the deposit bins hold", "the books say");
  }

  /// One ten less, and a twenty more elsewhere: the sum of notes would not tell.
  private void oneNoteIsGone() {
    atm.dispenser.load("C1", TEN, 999);
    atm.dispenser.load("C2", TWENTY, 2001);
  }

  private void isOff() {
    assertThat(atm.session().cashOffBecause().orElseThrow())
        .contains("cassette C1: the device counts 999, the books 1000");
    List<JournalEvent> events = await(atm.ledger.commit(books -> books.eventsAfter(0, 1000)));
    assertThat(events.getLast().kind()).isEqualTo("cash-off");
    assertThat(events.getLast().details().get("why")).contains("the device counts 999");
  }
}
