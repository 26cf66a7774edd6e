package atm.driver.lcdm;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.DeviceKind;
import atm.driver.lcdm.LcdmReply.BothOrder;
import atm.link.HeldTime;
import atm.link.ScriptedLink;
import atm.link.Vectors;
import atm.link.frame.Once;
import atm.value.Counts;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The driver's half of the published exchanges, byte by byte, and what a bad line does to them.
class LcdmVectorsTest {
  private static final LcdmOrders ORDERS =
      new LcdmOrders(
          List.of(
              new Cassette("C1", Money.parse("10 EUR"), 100),
              new Cassette("C2", Money.parse("20 EUR"), 100)),
          BothOrder.BY_CASSETTE,
          true);

  private final Vectors vectors = new Vectors("puloon-lcdm-1000-2000");
  private final HeldTime time = new HeldTime();

  private LcdmWire wire(ScriptedLink link) {
    return new LcdmWire(link, time);
  }

  private ScriptedLink script(String exchange) {
    return new ScriptedLink(vectors.exchange(exchange));
  }

  private static void isThrough(ScriptedLink link) {
    assertThat(link.complaints()).isEmpty();
    assertThat(link.left()).isEmpty();
  }

  @Test
  void purge() {
    ScriptedLink link = script("purge");

    assertThat(await(wire(link).purge())).isEqualTo(new LcdmError(0x30));
    isThrough(link);
  }

  @Test
  void status() {
    ScriptedLink link = script("status of a 1000, all clear");
    LcdmReply.Status clear = await(wire(link).status());
    isThrough(link);
    assertThat(clear.error().kind()).isEqualTo(LcdmError.Kind.NONE);
    assertThat(clear.notesOnPath()).isFalse();

    link = script("status of a 1000, cassette and tray missing");
    assertThat(await(wire(link).status()).error().kind()).isEqualTo(LcdmError.Kind.MISSING);
    isThrough(link);
  }

  @Test
  void romVersion() {
    ScriptedLink link = script("ROM version");

    assertThat(await(wire(link).romVersion()).version()).isEqualTo("O16T");
    isThrough(link);
  }

  @Test
  void dispensesAreToldByWhatCameOut() {
    assertThat(dispense("dispense 10: 10 picked, 10 out", 10))
        .isEqualTo(new DispenseOutcome.Stacked(counts(10), Counts.NONE));
    assertThat(dispense("dispense 5: 6 picked, 5 out, near end, 1 rejected", 5))
        .isEqualTo(new DispenseOutcome.Stacked(counts(5), counts(1)));
    assertThat(dispense("dispense 5: 3 picked, 2 out, empty, 1 rejected", 5))
        .isInstanceOfSatisfying(
            DispenseOutcome.Short.class,
            stopped -> {
              assertThat(stopped.presented()).isEqualTo(counts(2));
              assertThat(stopped.rejected()).isEqualTo(counts(1));
              assertThat(stopped.why().detail()).contains("error 38", "empty");
            });
  }

  @Test
  void commandsWithoutAPrintedReply() {
    assertThat(hex(LcdmFrames.command(LcdmFrames.DISPENSE_LOWER, "03")))
        .isEqualTo(vectors.first("lower dispense 3"));
    Mix both = new Mix(Map.of("C1", 4, "C2", 2));
    assertThat(hex(LcdmFrames.command(ORDERS.command(both), ORDERS.digits(both))))
        .isEqualTo(vectors.first("upper 4 and lower 2"));
  }

  @Test
  void noiseBeforeTheAcknowledgementIsSkipped() {
    List<String> noisy = new ArrayList<>(vectors.exchange("purge"));
    noisy.add(1, "< FF FF 00");
    ScriptedLink link = new ScriptedLink(noisy);

    assertThat(await(wire(link).purge()).code()).isEqualTo(0x30);
    isThrough(link);
  }

  @Test
  void aBadCheckByteIsRepeatedOnRequest() {
    ScriptedLink link =
        new ScriptedLink(
            "> 04 50 02 44 03 11",
            "< 06 01 50 02 44 30 03 25",
            "> 15",
            "< 01 50 02 44 30 03 24",
            "> 06");

    assertThat(await(wire(link).purge()).code()).isEqualTo(0x30);
    isThrough(link);
  }

  @Test
  void aReplyToAnotherCommandIsNotTaken() {
    ScriptedLink link =
        new ScriptedLink(
            "> 04 50 02 44 03 11",
            "< 06 01 50 02 46 30 30 80 80 03 16",
            "> 06",
            "< 01 50 02 44 30 03 24",
            "> 06");

    assertThat(await(wire(link).purge()).code()).isEqualTo(0x30);
    isThrough(link);
  }

  @Test
  void aMegabyteOfGarbageIsAFaultAndNotAHang() {
    List<String> script = new ArrayList<>(List.of("> 04 50 02 44 03 11"));
    script.add("< " + "7E ".repeat(1_000_000).strip());
    ScriptedLink link = new ScriptedLink(script);

    assertThatThrownBy(() -> await(wire(link).purge()))
        .rootCause()
        .hasMessageContaining("no frame")
        .hasMessageContaining("7E");
  }

  @Test
  void aDispenseIsWrittenOnceEvenWhenItIsNotAcknowledged() {
    ScriptedLink link =
        new ScriptedLink(
            "> 04 50 02 45 31 30 03 11",
            "< 15",
            "> 04 50 02 47 03 12",
            "< 06 01 50 02 47 4F 31 36 54 41 44 32 43 03 7F",
            "> 06");

    assertThat(await(wire(link).dispense(LcdmFrames.DISPENSE_UPPER, "10")))
        .isInstanceOf(Once.NotBegun.class);
    isThrough(link);
  }

  @Test
  void aReplyThatNeverComesIsLostWithinItsTime() {
    ScriptedLink link = new ScriptedLink("> 04 50 02 45 31 30 03 11", "< 06");
    Future<Once> once = wire(link).dispense(LcdmFrames.DISPENSE_UPPER, "10");
    while (!once.isComplete()) assertThat(time.pass()).isTrue();

    assertThat(once.result()).isInstanceOf(Once.Lost.class);
    assertThat(((Once.Lost) once.result()).why()).hasMessageContaining("no reply within 65000 ms");
    assertThat(time.running()).isZero();
    isThrough(link);
  }

  @Test
  void theOrderOfTheCountsOfBothIsASetting() throws Exception {
    // 4 picked and 4 out above, 2 and 1 below, one of them rejected.
    Buffer byCassette = bytes("01 50 02 56 30 34 30 34 30 32 30 31 30 30 30 30 30 30 31 03 00");
    Buffer bySensor = bytes("01 50 02 56 30 34 30 32 30 34 30 31 30 30 30 30 30 30 31 03 00");

    assertThat(LcdmReply.Dispensed.ofBoth(byCassette, BothOrder.BY_CASSETTE))
        .isEqualTo(LcdmReply.Dispensed.ofBoth(bySensor, BothOrder.BY_SENSOR));
  }

  @Test
  void moreOutThanAskedIsNothingThatCanBeBooked() throws Exception {
    LcdmReply.Dispensed reply =
        LcdmReply.Dispensed.ofOne(bytes("01 50 02 45 30 36 30 36 34 30 30 30 03 00"));

    assertThat(ORDERS.outcome(new Mix(Map.of("C1", 5)), reply, DeviceKind.CASH_DISPENSER))
        .isInstanceOf(DispenseOutcome.Unknown.class);
  }

  @Test
  void whereSensorsDisagreeNobodyKnows() throws Exception {
    // 3 of 5 out; jam at EXIT, then EJT and EXIT count differently.
    for (int error : List.of(0x35, 0x3D)) {
      LcdmReply.Dispensed reply =
          LcdmReply.Dispensed.ofOne(
              bytes("01 50 02 45 30 33 30 33 %02X 30 30 30 03 00".formatted(error)));

      assertThat(ORDERS.outcome(new Mix(Map.of("C1", 5)), reply, DeviceKind.CASH_DISPENSER))
          .isInstanceOfSatisfying(
              DispenseOutcome.Unknown.class,
              unknown -> assertThat(unknown.why().detail()).contains("C1=3"));
    }
  }

  private DispenseOutcome dispense(String exchange, int notes) {
    ScriptedLink link = script(exchange);
    Mix mix = new Mix(Map.of("C1", notes));
    Once once = await(wire(link).dispense(ORDERS.command(mix), ORDERS.digits(mix)));
    isThrough(link);
    try {
      return ORDERS.outcome(
          mix, ORDERS.read(((Once.Replied) once).reply()), DeviceKind.CASH_DISPENSER);
    } catch (java.net.ProtocolException garbled) {
      throw new AssertionError(garbled);
    }
  }

  private static Counts counts(int notes) {
    return new Counts(Map.of("C1", notes));
  }

  private static String hex(Buffer bytes) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes.getBytes());
  }

  private static Buffer bytes(String hex) {
    return Buffer.buffer(HexFormat.ofDelimiter(" ").parseHex(hex));
  }
}
