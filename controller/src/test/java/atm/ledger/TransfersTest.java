package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.value.Money;
import atm.value.Stan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One row a transfer; the same again is the same, a hold resolves at most once.
class TransfersTest {
  private static final Account FROM = Account.customer(ALICE, TWENTY.currency());
  private static final Account TO = Account.payout(TWENTY.currency());

  @TempDir Path dir;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = founded(dir);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void theSameTransferAgainChangesNothing() {
    book(t -> t.direct(direct("x", TWENTY), FROM, TO));
    book(t -> t.direct(direct("x", TWENTY), FROM, TO));

    assertThat(booked()).isEqualTo("980.00 EUR");
  }

  @Test
  void theSameIdWithAnotherBodyIsAnError() {
    book(t -> t.direct(direct("x", TWENTY), FROM, TO));

    assertThatThrownBy(() -> book(t -> t.direct(direct("x", FIFTY), FROM, TO)))
        .hasMessage("transfer x was booked with other content");
    assertThat(booked()).isEqualTo("980.00 EUR");
  }

  @Test
  void ofAPartlyPostedHoldTheRestIsFree() {
    book(t -> t.direct(hold(), FROM, TO));
    assertThat(available()).isEqualTo("950.00 EUR");
    book(t -> t.post("p", "h", TWENTY));

    assertThat(booked()).isEqualTo("980.00 EUR");
    assertThat(available()).isEqualTo("980.00 EUR");
  }

  @Test
  void moreThanHeldCannotBePosted() {
    book(t -> t.direct(hold(), FROM, TO));

    assertThatThrownBy(() -> book(t -> t.post("p", "h", Money.parse("51 EUR"))))
        .hasMessageContaining("51.00 EUR")
        .hasMessageContaining("50.00 EUR");
  }

  @Test
  void aHoldIsResolvedAtMostOnce() {
    book(t -> t.direct(hold(), FROM, TO));
    book(t -> t.post("p", "h", FIFTY));

    assertThatThrownBy(() -> book(t -> t.free("v", "h"))).hasMessage("v: hold h is resolved by p");
    assertThatThrownBy(() -> book(t -> t.post("p2", "h", TWENTY)))
        .hasMessage("p2: hold h is resolved by p");
    assertThat(booked()).isEqualTo("950.00 EUR");
  }

  @Test
  void aTransferOfNothingOrToItselfCannotBeBuilt() {
    assertThatThrownBy(() -> direct("x", Money.parse("0 EUR"))).hasMessageContaining("of nothing");
    assertThatThrownBy(() -> Transfer.direct("x", FROM, FROM, TWENTY, Optional.empty()))
        .hasMessageContaining("to itself");
  }

  @Test
  void aChangeThatNoEventExplainsIsNotWritten() {
    assertThatThrownBy(
            () ->
                await(ledger.run(books -> books.transfers().direct(direct("x", TWENTY), FROM, TO))))
        .hasMessageContaining("without an event");
    assertThat(booked()).isEqualTo("1000.00 EUR");
  }

  /// An event explains what was booked before it, and nothing after.
  @Test
  void norIsOneThatComesAfterItsEvent() {
    assertThatThrownBy(
            () ->
                await(
                    ledger.run(
                        books -> {
                          books.note("test", java.util.Map.of());
                          books.transfers().direct(direct("x", TWENTY), FROM, TO);
                        })))
        .hasMessageContaining("without an event");
    assertThat(booked()).isEqualTo("1000.00 EUR");
  }

  /// Each row has its event and both sides; that nothing entitles her to it the audit sees.
  @Test
  void moneyOutOfNothingIsFoundByTheAudit() {
    Account vault = Account.vault(TWENTY.currency());
    Transfer gift = Transfer.direct("gift", vault, FROM, TWENTY, Optional.empty());
    book(t -> t.direct(gift, vault, FROM));

    assertThat(await(ledger.invariants()))
        .containsExactly("transfer gift credits a customer for nothing");
  }

  private void book(Consumer<Transfers> booking) {
    await(
        ledger.run(
            books -> {
              booking.accept(books.transfers());
              books.note("test", java.util.Map.of());
            }));
  }

  private static Transfer direct(String id, Money amount) {
    return Transfer.direct(id, FROM, TO, amount, Optional.empty());
  }

  private static Transfer hold() {
    return Transfer.hold("h", FROM, TO, FIFTY, new Stan(1));
  }

  private String booked() {
    return balance(ledger).booked().toString();
  }

  private String available() {
    return balance(ledger).available().toString();
  }
}
