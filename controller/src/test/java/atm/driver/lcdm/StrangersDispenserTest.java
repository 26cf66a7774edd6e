package atm.driver.lcdm;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.driver.lcdm.StrangersDispenser.LOWER;
import static atm.driver.lcdm.StrangersDispenser.UPPER;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.CashDispenser;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.CashDispenser.DispenseOutcome.Short;
import atm.device.CashDispenser.DispenseOutcome.Stacked;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.TestTokens;
import atm.driver.ChecksOrders;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The driver meets a dispenser whose author has never seen it: what it says is what has moved.
class StrangersDispenserTest {
  private final Vertx vertx = Vertx.vertx();
  private StrangersDispenser unit;
  private CashDispenser driver;

  @AfterEach
  void stop() throws IOException {
    await(driver.close());
    unit.close();
    await(vertx.close());
  }

  @Test
  void theyWorkTogetherAtOnce() throws IOException {
    meets(100, 100);

    assertThat(driver.identity()).isEqualTo("LCDM, ROM T20T");
    assertThat(dispense(Map.of("C1", 2, "C2", 3), "80.00EUR"))
        .isEqualTo(new Stacked(counts(2, 3), Counts.NONE));
    assertThat(dispense(Map.of("C1", 12), "120.00EUR"))
        .isEqualTo(new Stacked(new Counts(Map.of("C1", 12)), Counts.NONE));
    assertThat(dispense(Map.of("C2", 1), "20.00EUR"))
        .isEqualTo(new Stacked(new Counts(Map.of("C2", 1)), Counts.NONE));
    paidOut(14, 4);
    assertThat(unit.remaining(UPPER)).isEqualTo(86);
    assertThat(unit.remaining(LOWER)).isEqualTo(96);
  }

  @Test
  void whatItRejectsIsToldBesideWhatCameOut() throws IOException {
    meets(100, 100);
    unit.rejectNext(UPPER);
    unit.rejectNext(LOWER);

    assertThat(dispense(Map.of("C1", 2, "C2", 3), "80.00EUR"))
        .isEqualTo(new Stacked(counts(2, 3), counts(1, 1)));
    paidOut(2, 3);
    assertThat(unit.rejected(UPPER)).isOne();
    assertThat(unit.rejected(LOWER)).isOne();
  }

  @Test
  void whatWasThereComesOutAndIsTold() throws IOException {
    meets(100, 1);

    Short outcome = (Short) dispense(Map.of("C1", 2, "C2", 3), "80.00EUR");

    assertThat(outcome.presented()).isEqualTo(counts(2, 1));
    assertThat(outcome.why().detail()).contains("lower cassette empty");
    paidOut(2, 1);
    assertThat(dispense(Map.of("C1", 1), "10.00EUR")).isInstanceOf(Stacked.class);
    paidOut(3, 1);
  }

  @Test
  void aJamIsCalledWhatItIsAndAPurgeSetsItRight() throws IOException {
    meets(100, 100);
    unit.jamAt(3);

    Short outcome = (Short) dispense(Map.of("C1", 5), "50.00EUR");

    assertThat(outcome.presented()).isEqualTo(new Counts(Map.of("C1", 2)));
    assertThat(outcome.why().detail()).contains("error 33, jam");
    awaitState(driver, DeviceStatus.State.FAULT);
    paidOut(2, 0);
    await(driver.reset());
    assertThat(unit.rejected(UPPER)).isOne();
    assertThat(dispense(Map.of("C1", 1), "10.00EUR")).isInstanceOf(Stacked.class);
    paidOut(3, 0);
  }

  private void paidOut(int upper, int lower) {
    assertThat(unit.paid(UPPER)).as("upper").isEqualTo(upper);
    assertThat(unit.paid(LOWER)).as("lower").isEqualTo(lower);
  }

  private void meets(int upper, int lower) throws IOException {
    unit = new StrangersDispenser(upper, lower);
    DeviceEntry entry =
        new DeviceEntry(
            "cash-dispenser",
            "puloon-lcdm",
            URI.create("tcp://localhost:" + unit.port()),
            List.of(
                new DeviceEntry.Cassette("C1", Money.parse("10 EUR"), 500),
                new DeviceEntry.Cassette("C2", Money.parse("20 EUR"), 500)),
            // The order that the sheet makes the default, and the stranger chose.
            Map.of("reply-56", "by-cassette"),
            1);
    driver = (CashDispenser) new LcdmDriver().create(DeviceKind.CASH_DISPENSER, entry, vertx);
    ((ChecksOrders) driver).trust(TestTokens.hostKey());
    driver.open();
    awaitState(driver, DeviceStatus.State.ONLINE);
  }

  private DispenseOutcome dispense(Map<String, Integer> mix, String amount) {
    awaitState(driver, DeviceStatus.State.ONLINE);
    String nonce = await(driver.commandNonce()).orElseThrow();
    return await(driver.dispense(new Mix(mix), TestTokens.token(nonce, amount)));
  }

  private static Counts counts(int upper, int lower) {
    return new Counts(Map.of("C1", upper, "C2", lower));
  }
}
