package atm.session;

import static atm.session.StoryAtm.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCardReader;
import atm.device.PinPad.Key;
import atm.screen.ScreenModel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Before a visit and around it: languages, aids, the time that one has, cards that cannot be read,
/// cards that are left, and envelopes where there is no acceptor.
class WelcomeStoryTest {
  @TempDir Path dir;
  private StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
  }

  @AfterEach
  void booksAreSound() {
    try {
      atm.booksAndBoxesAgree();
    } finally {
      atm.close();
    }
  }

  @Test
  void aLanguageChosenAtTheIdleMachineHoldsForTheVisit() {
    alice().chooses("idle", "language").chooses("language", "language-de");
    atm.seesTitle("Bitte Karte einführen");
    alice().insertsCard().typesPin().sees("Guten Tag, alice");
    alice().presses("menu", Key.CANCEL).takesCard();
    atm.seesTitle("Please insert your card");
  }

  @Test
  void whatWasChosenIsForgottenInSilence() {
    alice().chooses("idle", "language").chooses("language", "language-de");
    atm.seesTitle("Bitte Karte einführen");
    atm.looksAway();
    atm.time.pass();
    atm.seesTitle("Please insert your card");
  }

  @Test
  void aidsHoldForTheVisitAndNoLonger() {
    alice().chooses("idle", "aids").chooses("menu", "large-on").chooses("menu", "back");
    atm.sees("large letters", m -> m.screen().equals("idle") && m.aids().large());
    alice().insertsCard();
    assertThat(atm.seesScreen("pin").aids().large()).isTrue();
    alice().presses("pin", Key.CANCEL).takesCard();
    atm.sees("normal letters", m -> m.screen().equals("idle") && !m.aids().large());
  }

  @Test
  void moreTimeIsAskedTwentySecondsBeforeTheEnd() {
    alice().insertsCard();
    assertThat(atm.seesScreen("pin").remainingMs()).isEqualTo(40_000);
    atm.looksAway();
    atm.time.pass();
    ScreenModel asked = atm.seesScreen("more-time");

    assertThat(asked.remainingMs()).isEqualTo(20_000);
    assertThat(asked.body().toString()).contains("20 seconds");
    alice().presses("more-time", Key.ENTER).seesScreen("pin");
    alice().presses("pin", Key.CANCEL).takesCard().seesScreen("idle");
  }

  @Test
  void twiceTheTimeIsTwiceTheTime() {
    alice().insertsCard().chooses("pin", "aids").chooses("menu", "patient-on");
    alice().chooses("menu", "back");
    assertThat(atm.seesScreen("pin").remainingMs()).isEqualTo(80_000);
    atm.looksAway();
    atm.time.pass();
    assertThat(atm.seesScreen("more-time").remainingMs()).isEqualTo(40_000);
    alice().chooses("more-time", "yes").typesPin().asksFor("60");
    ScreenModel takeCard = atm.seesScreen("take-card");
    assertThat(takeCard.remainingMs()).isEqualTo(120_000);
    assertThat(takeCard.speech()).contains("120 seconds");
    alice().takesCard();
    ScreenModel takeCash = atm.seesScreen("take-cash");
    assertThat(takeCash.remainingMs()).isEqualTo(120_000);
    assertThat(takeCash.speech()).contains("120 seconds");
    alice().takesCash().seesScreen("idle");
  }

  @Test
  void aCardThatCannotBeReadMayBeTriedThreeTimes() {
    for (String told :
        new String[] {"We could not read", "We could not read", "We cannot read your card"}) {
      atm.seesScreen("idle");
      atm.looksAway();
      atm.reader.insertUnreadable();
      alice().sees(told).takesCard();
    }
    atm.seesScreen("idle");
  }

  @Test
  void aCardThatIsReadAtLastLetsOneIn() {
    atm.seesScreen("idle");
    atm.looksAway();
    atm.reader.insertUnreadable();
    alice().takesCard().seesScreen("idle");
    alice().insertsCard().typesPin().presses("menu", Key.CANCEL).takesCard().seesScreen("idle");
  }

  /// Whoever left it is gone: it is not offered to the next one, but goes to the bin as soon as it
  /// moves.
  @Test
  void aCardLeftAtTheExitThatSticksIsNotOfferedAgain() {
    alice().insertsCard().presses("pin", Key.CANCEL).seesScreen("take-card");
    atm.reader.arm(FakeCardReader.Trouble.RETAIN_STICKS);
    alice().walksAwayAt("take-card").sees("Your card is stuck").seesScreen("out-of-service");
    atm.looksAway();
    atm.reader.clear(FakeCardReader.Trouble.RETAIN_STICKS);
    atm.time.pass();
    atm.seesScreen("idle");

    assertThat(atm.reader.retained()).isEqualTo(1);
  }

  // -- envelopes

  @Test
  void withoutAnAcceptorAnEnvelopeIsTakenAndNotSpendable() {
    withoutAcceptor();
    alice()
        .insertsCard()
        .typesPin()
        .chooses("menu", "deposit")
        .typesAmount("200")
        .chooses("confirm", "confirm")
        .sees("000001")
        .chooses("insert-cash", "confirm")
        .sees("Envelope for €200 received")
        .wantsReceipt()
        .takesReceipt()
        .chooses("menu", "balance")
        .sees("€200")
        .presses("balance", Key.CANCEL)
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
  }

  @Test
  void moreThanAnEnvelopeMayHoldIsToldAndTheMostOffered() {
    withoutAcceptor();
    alice()
        .insertsCard()
        .typesPin()
        .chooses("menu", "deposit")
        .typesAmount("5000")
        .chooses("confirm", "confirm")
        .sees("into one envelope")
        .chooses("message", "amount-1000")
        .sees("Deposit €1,000?")
        .presses("confirm", Key.CANCEL)
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
  }

  @Test
  void anEnvelopeThatIsNotPutInIsNothing() {
    withoutAcceptor();
    alice()
        .insertsCard()
        .typesPin()
        .chooses("menu", "deposit")
        .typesAmount("200")
        .chooses("confirm", "confirm")
        .presses("insert-cash", Key.CANCEL)
        .sees("Without an envelope, your account stays as it was")
        .takesCard()
        .seesScreen("idle");

    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
  }

  private void withoutAcceptor() {
    atm.seesScreen("idle");
    atm.die();
    atm.startAgainWithAcceptorRemoved();
  }

  private CustomerStory alice() {
    return atm.customerAnywhere(ALICE);
  }
}
