package atm.session;

import static atm.session.StoryAtm.ALICE;
import static atm.session.StoryAtm.await;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.FakeCashDispenser.Act;
import atm.host.Host;
import atm.host.Host.Authorisation;
import atm.value.AccountKind;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// What stories of recovery have in common: how far a withdrawal of 60 EUR came before the
/// controller died, and how it ends after it has started again.
abstract class RecoveryStory {
  static final Money SIXTY = Money.parse("60 EUR");
  static final Mix MIX = new Mix(Map.of("C3", 1, "C1", 1));

  @TempDir Path dir;
  StoryAtm atm;

  @AfterEach
  void booksAreSound() {
    try {
      assertThat(atm.ledger.journal().open()).isEmpty();
      atm.booksAreSound();
    } finally {
      atm.close();
    }
  }

  // -- how far it came

  void deadMachine(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.seesScreen("idle");
    atm.die();
  }

  void dyingDuring(Act act, boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.wire.controllerDiesDuring(act);
    asksForSixty();
    await(atm.wire.died());
    atm.die();
  }

  void dyingDuringPresent(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.wire.controllerDiesDuring(Act.PRESENT);
    asksForSixty().takesCard();
    await(atm.wire.died());
    atm.die();
  }

  void dyingDuringReject(boolean signs) {
    atm = new StoryAtm(dir, signs);
    atm.dispenser.jamAtNote(2);
    atm.wire.controllerDiesDuring(Act.REJECT);
    asksForSixty();
    await(atm.wire.died());
    atm.die();
  }

  CustomerStory asksForSixty() {
    return atm.customer(ALICE).insertsCard().typesPin().asksFor("60");
  }

  Stan approved() {
    Host.Customer alice =
        new Host.Customer(
            "alice",
            "alice",
            "en",
            Host.Access.CARD,
            List.of(new Host.Account(ALICE.account(), AccountKind.CURRENT)));
    String request = "story-" + atm.ledger.journal().head().number();
    Authorisation answer = await(atm.host.authorise(request, alice, ALICE.account(), SIXTY));
    assertThat(answer).isInstanceOf(Authorisation.Approved.class);
    return ((Authorisation.Approved) answer).stan();
  }

  Stan intended() {
    Stan stan = approved();
    DispenseToken order = await(atm.host.dispenseToken(stan, Optional.of("0A")));
    await(atm.ledger.journal().dispenseIntent(stan, MIX, order));
    return stan;
  }

  // -- how it ends

  void startsAgainInService() {
    atm.startAgain();
    atm.seesScreen("idle");
    assertThat(atm.session().cashOffBecause()).isEmpty();
  }

  void startsAgainWithTheCardInside() {
    startsWithTheCardInside();
    assertThat(atm.session().cashOffBecause()).isEmpty();
  }

  void startsWithTheCardInside() {
    atm.startAgain();
    atm.seesWords("A card is still inside");
    atm.reader.takeCard();
    atm.seesScreen("idle");
  }

  void isGivenBack(int rejected) {
    settledAs("REVERSED");
    assertThat(atm.available(ALICE)).isEqualTo(ALICE.opening());
    assertThat(atm.rejected()).isEqualTo(rejected);
    assertThat(atm.takenByCustomers()).isEmpty();
    atm.booksAndBoxesAgree();
  }

  void isPaid() {
    settledAs("PAID");
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(StoryAtm.count(atm.takenByCustomers())).isEqualTo(2);
    atm.booksAndBoxesAgree();
  }

  void isRetracted() {
    settledAs("RETRACTED");
    assertThat(atm.retracted()).isEqualTo(2);
    assertThat(atm.balance(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    atm.booksAndBoxesAgree();
  }

  void isSuspect() {
    settledAs("SUSPECT");
    assertThat(atm.ledger.journal().suspects()).hasSize(1);
    assertThat(atm.available(ALICE)).isEqualTo(Money.parse("1190 EUR"));
    assertThat(atm.session().cashOffBecause().orElseThrow()).contains("waits for a person's count");
  }

  /// The journal tells that it was the recovery that ended it, and how.
  void settledAs(String end) {
    assertThat(Recovered.last(atm)).startsWith("withdrawal ").endsWith(", " + end);
  }
}
