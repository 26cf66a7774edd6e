package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.ledger.Customers.Card;
import atm.ledger.Customers.CardState;
import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of customers, accounts and cards is in the journal, and names nobody's number.
class CustomersTest {
  private static final byte[] HASH = {1, 2, 3};
  private static final Card CARD =
      new Card(
          HASH,
          "7899",
          "alice",
          YearMonth.of(2099, 12),
          CardState.GOOD,
          new byte[] {4},
          new byte[] {5},
          0);

  @TempDir Path dir;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = founded(dir);
  }

  @AfterEach
  void close() {
    assertThat(await(ledger.invariants())).isEmpty();
    ledger.close();
  }

  @Test
  void anAccountAndACardThatAreOpenedAreInTheJournalMasked() {
    act(customers -> customers.openAccount(BERND, Money.parse("90 EUR")));
    assertThat(lastDetails(ledger))
        .isEqualTo(Map.of("account", BERND.masked(), "paid-in", "90.00 EUR"));
    act(customers -> customers.addCard(CARD));
    assertThat(lastDetails(ledger)).isEqualTo(Map.of("card", "card ****7899", "customer", "alice"));
    act(customers -> customers.closeAccount(BERND));
    assertThat(lastDetails(ledger)).isEqualTo(Map.of("account", BERND.masked()));
  }

  @Test
  void whoIsRefusedIsInTheJournalWithTheReason() {
    act(customers -> customers.refused("card ****0000", "not ours"));

    assertThat(lastDetails(ledger)).isEqualTo(Map.of("shown", "card ****0000", "why", "not ours"));
  }

  @Test
  void aCardThatIsNotThereIsNeitherMarkedNorGivenAPin() {
    assertThatThrownBy(() -> act(customers -> customers.mark(HASH, CardState.STOLEN)))
        .hasMessage("there is no such card");
    assertThatThrownBy(() -> act(customers -> customers.changePin(CARD, new byte[1], new byte[1])))
        .hasMessage("there is no card ****7899 any more");
  }

  @Test
  void anEnvelopesRequestFindsItAgainAndNoOther() {
    Stan stan =
        await(ledger.commit(books -> books.envelopes().accept("e1", "alice", ALICE, FIFTY)));

    assertThat(requested("e1", FIFTY)).isEqualTo(stan);
    assertThatThrownBy(() -> requested("e1", TWENTY))
        .hasMessage("request e1 was made before, for another envelope");
    assertThatThrownBy(() -> act("bernd", "e1")).hasMessageContaining("for another envelope");
    assertThatThrownBy(
            () ->
                await(ledger.operator().countEnvelope(new Stan(77), Money.parse("1 EUR"), "Olga")))
        .hasMessage("there is no envelope 000077");
  }

  private Stan requested(String id, Money declared) {
    return await(
        ledger.commit(
            books ->
                books.envelopes().requested(id, "alice", ALICE, declared).orElseThrow().stan()));
  }

  private void act(String customer, String request) {
    await(ledger.run(books -> books.envelopes().requested(request, customer, ALICE, FIFTY)));
  }

  private void act(Consumer<Customers> what) {
    await(ledger.run(books -> what.accept(books.customers())));
  }
}
