package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole machine over loopback, seen by a stranger: simulated mechanics, the real protocol, the
/// real ledger on a file, the real bridge. After each story books and boxes agree.
class MachineTest {
  @TempDir Path folder;
  private TestMachine machine;
  private Stranger alice;

  @AfterEach
  void booksAndBoxesAgree() throws Exception {
    try {
      machine.booksAndBoxesAgree();
    } finally {
      alice.close();
      machine.close();
    }
  }

  @Test
  void sixtyEurosAndAReceipt() throws Exception {
    meets(Map.of());
    logsIn("alice", "1234");
    asksFor("60");
    alice.sees("receipt-choice");
    alice.chooses("yes");
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("take-cash");
    assertThat(notesIn(alice.machine(), "tray")).isEqualTo(60);
    alice.takes("cash-dispenser");
    JsonObject printed =
        alice.machine(
            "a receipt", m -> m.getJsonObject("receipt-printer").getJsonObject("slot") != null);
    alice.takes("receipt-printer");
    alice.sees("idle");

    assertThat(printed.getJsonObject("receipt-printer").encode())
        .contains("7899")
        .doesNotContain("4000001234567899");
    assertThat(balanceOf("alice", "1234")).contains("€1,190");
  }

  @Test
  void cashThatIsLeftIsRetractedAndNotCreditedByItself() throws Exception {
    meets(Map.of("take-cash", 1));
    withdrawsUpToTheNotes("60");
    alice.sees("message");
    alice.machine("empty", m -> m.getJsonObject("cash-dispenser").getJsonArray("tray").isEmpty());
    alice.sees("idle");

    assertThat(notesIn(alice.machine(), "retract")).isEqualTo(60);
    assertThat(balanceOf("alice", "1234")).contains("€1,190");
  }

  @Test
  void threeWrongPinsAndTheCardIsKept() throws Exception {
    meets(Map.of());
    alice.inserts("alice");
    for (int attempt = 0; attempt < 3; attempt++) {
      alice.sees("pin");
      long shown = alice.sees("pin").getLong("seq");
      alice.types("9999").presses("enter");
      alice.sees(
          "an answer",
          m ->
              m.getLong("seq") > shown
                  && !m.getString("screen").equals("processing")
                  && entered(m) == 0);
    }
    alice.sees("message");
    JsonObject after =
        alice.machine(
            "kept", m -> !m.getJsonObject("card-reader").getJsonArray("retained").isEmpty());

    assertThat(after.getJsonObject("card-reader").getJsonArray("retained"))
        .containsExactly("alice");
    alice.sees("idle");
  }

  @Test
  void moreThanTheAccountHolds() throws Exception {
    meets(Map.of());
    logsIn("bernd", "2580");
    asksFor("100");
    alice.sees(
        "a refusal",
        m -> m.getJsonArray("body").encode().contains("90") || m.getString("title").contains("90"));
    alice.presses("cancel");
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");

    assertThat(notesIn(alice.machine(), "taken")).isZero();
  }

  @Test
  void moreThanOneWithdrawalMayBe() throws Exception {
    meets(Map.of());
    logsIn("chiara", "4711");
    asksFor("510");
    JsonObject refusal = alice.sees("message");
    assertThat(refusal.getJsonArray("body").encode()).contains("€500");
    alice.presses("cancel");
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");

    assertThat(notesIn(alice.machine(), "taken")).isZero();
  }

  @Test
  void aJamAtTheSecondNoteGivesTheMoneyBack() throws Exception {
    meets(Map.of());
    logsIn("alice", "1234");
    alice.breaks("cash-dispenser", "jam", "at-note:2");
    asksFor("60");
    withoutReceipt();
    JsonObject told = alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");

    assertThat(told.getString("severity")).isIn("warning", "error");
    assertThat(notesIn(alice.machine(), "taken") + notesIn(alice.machine(), "tray")).isZero();
    assertThat(balanceOf("alice", "1234")).contains("€1,250");
  }

  @Test
  void aCardThatIsLeftIsKeptAndNoCashIsShown() throws Exception {
    meets(Map.of("take-card", 1));
    logsIn("alice", "1234");
    asksFor("60");
    withoutReceipt();
    alice.sees("message");
    JsonObject after =
        alice.machine(
            "kept", m -> !m.getJsonObject("card-reader").getJsonArray("retained").isEmpty());
    alice.sees("idle");

    assertThat(notesIn(after, "tray") + notesIn(after, "taken")).isZero();
  }

  @Test
  void notesAreDepositedAndCredited() throws Exception {
    meets(Map.of());
    logsIn("alice", "1234");
    alice.chooses("deposit");
    alice.sees("insert-cash");
    alice.puts("20 EUR", "50 EUR", "10 EUR torn");
    alice.takesNotesBack();
    assertThat(alice.sees("count-cash").encode()).contains("€70");
    alice.presses("enter");
    withoutReceipt();
    leaves();

    assertThat(alice.machine().getJsonObject("cash-acceptor").getJsonObject("refused").encode())
        .contains("10 EUR torn");
    assertThat(balanceOf("alice", "1234")).contains("€1,320");
  }

  @Test
  void depositedNotesCanBeHadBack() throws Exception {
    meets(Map.of());
    logsIn("alice", "1234");
    alice.chooses("deposit");
    alice.sees("insert-cash");
    alice.puts("20 EUR");
    alice.sees("count-cash");
    alice.chooses("give-back");
    alice.takesNotesBack();
    leaves();

    assertThat(alice.machine().getJsonObject("cash-acceptor").getJsonObject("returned").encode())
        .contains("20 EUR");
    assertThat(balanceOf("alice", "1234")).contains("€1,250");
  }

  @Test
  void moneyIsTransferred() throws Exception {
    meets(Map.of());
    logsIn("alice", "1234");
    alice.chooses("transfer");
    alice.sees("payee");
    alice.types("1000000016").presses("enter");
    alice.sees("the payee", m -> hasOption(m, "yes"));
    alice.presses("enter");
    alice.sees("amount");
    alice.types("250").presses("enter");
    alice.sees("confirm");
    alice.presses("enter");
    withoutReceipt();
    leaves();

    assertThat(balanceOf("alice", "1234")).contains("€1,000");
    assertThat(balanceOf("bernd", "2580")).contains("340");
  }

  @Test
  void aNewPinLetsOneInAndTheOldOneNoMore() throws Exception {
    meets(Map.of());
    logsIn("alice", "1234");
    alice.chooses("change-pin");
    for (String pin : new String[] {"1234", "7391", "7391"}) {
      long before = alice.sees("pin").getLong("seq");
      alice.types(pin).presses("enter");
      alice.sees("the next step", m -> m.getLong("seq") > before && entered(m) == 0);
    }
    withoutReceipt();
    leaves();
    logsIn("alice", "7391");
    leaves();

    assertThat(machine.ledger().journal().open()).isEmpty();
  }

  @Test
  void cashWithoutACard() throws Exception {
    meets(Map.of());
    alice.chooses("without-card");
    alice.sees("login");
    alice.types("1000000008").presses("enter");
    alice.sees("pin");
    alice.types("1234").presses("enter");
    alice.sees("menu");
    asksFor("60");
    withoutReceipt();
    alice.sees("take-cash");
    alice.takes("cash-dispenser");
    alice.sees("idle");

    assertThat(notesIn(alice.machine(), "taken")).isEqualTo(60);
    assertThat(balanceOf("alice", "1234")).contains("€1,190");
  }

  @Test
  void healthMetricsAndGalleryAnswer() throws Exception {
    meets(Map.of());

    Stranger.Answer health = alice.page("/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().getJsonObject("devices").fieldNames())
        .containsExactlyInAnyOrder(
            "card-reader", "pin-pad", "cash-dispenser", "cash-acceptor", "receipt-printer");
    assertThat(alice.page("/metrics").body())
        .contains(
            "atm_device_up{device=\"card-reader\"} 1.0",
            "atm_cash_service 1.0",
            "atm_cassette_notes{cassette=\"C2\"} 2000.0");
    assertThat(alice.page("/gallery").status()).isEqualTo(200);
    assertThat(alice.page("/gallery.json").json().getJsonArray("screens").size()).isGreaterThan(20);

    alice.act("card-reader/unplug", new JsonObject());
    alice.sees("out-of-service");
    assertThat(alice.page("/health").status()).isEqualTo(503);
    alice.act("card-reader/plug", new JsonObject());
    alice.sees("idle");
  }

  private void meets(Map<String, Integer> hurried) throws Exception {
    machine = TestMachine.simulated(folder, hurried).withController();
    alice = machine.stranger();
    alice.sees("idle");
  }

  private void leaves() {
    alice.sees("menu");
    alice.presses("cancel");
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");
  }

  private static boolean hasOption(JsonObject model, String id) {
    return model.getJsonArray("options").stream()
        .anyMatch(option -> ((JsonObject) option).getString("id").equals(id));
  }

  private void logsIn(String card, String pin) {
    alice.inserts(card);
    alice.sees("pin");
    alice.types(pin).presses("enter");
    alice.sees("menu");
  }

  private void asksFor(String euros) {
    alice.chooses("withdraw");
    alice.sees("fast-cash");
    alice.chooses("other-amount");
    alice.sees("amount");
    alice.types(euros);
    alice.sees(
        "the amount", m -> m.getJsonObject("entry", new JsonObject()).encode().contains(euros));
    alice.presses("enter");
    JsonObject next =
        alice.sees(
            "an answer to the amount",
            m ->
                !m.getString("screen").equals("amount")
                    || m.getString("severity").equals("warning"));
    if (next.getString("screen").equals("confirm")) alice.presses("enter");
  }

  private void withoutReceipt() {
    alice.sees("receipt-choice");
    alice.chooses("no");
  }

  private void withdrawsUpToTheNotes(String euros) {
    logsIn("alice", "1234");
    asksFor(euros);
    withoutReceipt();
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("take-cash");
  }

  private String balanceOf(String card, String pin) {
    logsIn(card, pin);
    alice.chooses("balance");
    String shown = alice.sees("balance").encode();
    alice.presses("cancel");
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");
    return shown;
  }

  private static int entered(JsonObject model) {
    return model.getJsonObject("entry", new JsonObject()).getInteger("count", 0);
  }

  /// The worth in euros of the notes at a place.
  private static int notesIn(JsonObject machine, String place) {
    Object notes = machine.getJsonObject("cash-dispenser").getValue(place);
    return switch (notes) {
      case JsonArray each ->
          each.stream().mapToInt(n -> euros(((JsonObject) n).getString("note"))).sum();
      case JsonObject counts ->
          counts.stream().mapToInt(e -> euros(e.getKey()) * (Integer) e.getValue()).sum();
      default -> throw new AssertionError(place + " is " + notes);
    };
  }

  private static int euros(String note) {
    return Integer.parseInt(note.replaceAll("\\D", ""));
  }
}
