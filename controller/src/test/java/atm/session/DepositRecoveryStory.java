package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CashAcceptor.InsertOutcome;
import atm.device.FakeCashAcceptor.Place;
import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What stories of a deposit's recovery have in common: how far it came before the controller died,
/// and how it ends after it has started again.
abstract class DepositRecoveryStory {
  @TempDir Path dir;
  StoryAtm atm;

  @BeforeEach
  void machine() {
    atm = new StoryAtm(dir, true);
  }

  @AfterEach
  void booksAreSound() {
    try {
      assertThat(atm.ledger.journal().openDeposits()).isEmpty();
      atm.booksAreSound();
    } finally {
      atm.close();
    }
  }

  void diesAtTheSlot() {
    aliceAtTheSlot().seesScreen("insert-cash");
    atm.die();
  }

  Stan diesWithTwentyCounted() {
    aliceAtTheSlot().inserts("20 EUR").seesScreen("count-cash");
    atm.die();
    return atm.ledger.journal().openDeposits().getFirst().stan();
  }

  Stan returnedButNotTaken() {
    Stan stan = diesWithTwentyCounted();
    await(atm.ledger.journal().returnIntent(stan));
    atm.acceptor.mendWire();
    await(atm.acceptor.giveBack());
    return stan;
  }

  void intends(String what, Stan stan) {
    switch (what) {
      case "store" -> await(atm.ledger.journal().storeIntent(stan));
      case "return" -> await(atm.ledger.journal().returnIntent(stan));
      case "retract" -> await(atm.ledger.journal().depositRetractIntent(stan));
      default -> {}
    }
  }

  CustomerStory aliceAtTheSlot() {
    return atm.customer(ALICE).insertsCard().typesPin().chooses("menu", "deposit");
  }

  void startsAgain() {
    atm.startAgain();
    takesCard();
  }

  void takesCard() {
    atm.seesWords("A card is still inside");
    atm.reader.takeCard();
    atm.seesScreen("idle");
  }

  void isCredited() {
    settledAs("CREDITED");
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1270 EUR"));
    assertThat(atm.acceptor.countAt(Place.BIN)).isEqualTo(1);
    assertThat(atm.session().depositsOffBecause()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  void isNotCredited(String end, int retracted) {
    settledAs(end);
    assertThat(atm.balance(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.acceptor.countAt(Place.BIN)).isZero();
    assertThat(atm.acceptor.countAt(Place.RETRACT)).isEqualTo(retracted);
  }

  /// The journal tells that it was the recovery that ended it, and how.
  void settledAs(String end) {
    assertThat(Recovered.last(atm)).startsWith("deposit ").endsWith(", " + end);
  }

  /// Put in while nobody listened.
  void takesIn(String... notes) {
    atm.acceptor.mendWire();
    Future<InsertOutcome> inserting = atm.acceptor.insert(Duration.ZERO, () -> {});
    atm.acceptor.putIn(notes);
    await(inserting);
  }
}
