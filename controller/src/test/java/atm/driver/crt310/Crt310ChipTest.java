package atm.driver.crt310;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.config.DeviceEntry;
import atm.device.CardReader.EjectOutcome;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.emv.BadCard;
import atm.driver.emv.SilentChip;
import atm.link.Deadlines;
import atm.link.ScriptedLink;
import atm.link.Vectors;
import atm.link.frame.Bcc;
import atm.value.Pan;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The chip in a CRT-310, byte by byte, and what bad answers at each step do.
class Crt310ChipTest {
  private static final Track2 ON_THE_CARD =
      new Track2(new Pan("4761739001010010"), YearMonth.of(2022, 12), "201");
  private static final String POWER_OFF = "02 00 02 33 31 03 01";
  private static final String CONTACTS_UP = "02 00 02 32 2E 03 1F";

  private final List<String> whole =
      new Vectors("creator-crt310").exchange("a chip is read, from card inside to card inside");
  private final Vertx vertx = Vertx.vertx();
  private final Deadlines deadlines = Deadlines.of(vertx);
  private final Crt310Chip chip = new Crt310Chip(vertx, deadlines, Clock.systemUTC());

  @AfterEach
  void stop() {
    await(chip.close());
    await(vertx.close());
  }

  @Test
  void aChipIsReadByteByByteAndLeftWithoutContactAndPower() {
    ScriptedLink link = new ScriptedLink(whole);
    Future<Track2> read = onContext(() -> chip.read(new Crt310Wire(link, deadlines)));

    assertThat(await(read)).isEqualTo(ON_THE_CARD);
    assertThat(link.complaints()).isEmpty();
    assertThat(link.left()).isEmpty();
    assertThat(whole.get(whole.size() - 8)).isEqualTo("> " + POWER_OFF);
    assertThat(whole.get(whole.size() - 4)).isEqualTo("> " + CONTACTS_UP);
  }

  @Test
  void whateverTheReaderAnswersAtAnyStepTheCardIsLeftFree() {
    for (Map.Entry<String, Function<Buffer, Buffer>> bad : badAnswers().entrySet()) {
      for (int step = 0; step < whole.size() / 4; step++) {
        String where = bad.getKey() + " at step " + step;
        AnsweringUnit unit = new AnsweringUnit(whole, step, bad.getValue());
        AskedChip asked = ask(unit);

        if (asked.failure == null) {
          assertThat(asked.track2).as(where).isEqualTo(ON_THE_CARD);
        } else {
          assertThat(asked.failure.getMessage())
              .as(where)
              .isNotBlank()
              .doesNotContain("4761739001010010");
        }
        if (asked.isOfTheWire()) continue;
        assertThat(unit.executed()).as(where).endsWith(POWER_OFF, CONTACTS_UP);
      }
    }
  }

  @Test
  void aReplyThatIsNoAnswerOfAChipIsSilence() {
    for (int step = 0; step < whole.size() / 4 - 2; step++) {
      AskedChip refused = ask(new AnsweringUnit(whole, step, Crt310ChipTest::refusal));
      AskedChip failed = ask(new AnsweringUnit(whole, step, instead(0x4E)));

      assertThat(refused.failure).as("step " + step).isInstanceOf(SilentChip.class);
      assertThat(failed.failure).as("step " + step).isInstanceOf(SilentChip.class);
    }
  }

  @Test
  void anAnswerThatComesBrokenTwiceIsTheWiresTrouble() {
    AskedChip asked = ask(new AnsweringUnit(whole, 3, Crt310ChipTest::harmed));

    assertThat(asked.failure).isInstanceOf(ProtocolException.class).hasMessageContaining("check");
  }

  @Test
  void anAnswerThatComesBrokenIsNotAskedForAgainButThePowerIs() {
    List<Buffer> once = new ArrayList<>();
    AnsweringUnit unit =
        new AnsweringUnit(
            whole,
            7,
            good -> {
              once.add(good);
              return once.size() == 1 ? harmed(good) : good;
            });

    assertThat(ask(unit).track2).isEqualTo(ON_THE_CARD);
    String brokenOne = unit.executed().get(7);
    assertThat(unit.executed().get(8)).isEqualTo(POWER_OFF);
    assertThat(unit.executed()).filteredOn(brokenOne::equals).hasSize(2);
  }

  @Test
  void aLineCutInMidExchangeLeavesACardThatIsFreedBeforeItIsEjected() {
    List<String> until = new ArrayList<>(prepared("4A"));
    until.addAll(status("4A"));
    until.addAll(whole.subList(0, 4 * 4 + 3));
    until.add("cut");
    List<String> after = new ArrayList<>(prepared("4B"));
    after.addAll(status("4B"));
    after.addAll(whole.subList(whole.size() - 8, whole.size()));
    after.addAll(new Vectors("creator-crt310").exchange("eject front"));
    after.addAll(status("48"));
    ScriptedLink first = new ScriptedLink(until);
    ScriptedLink second = new ScriptedLink(after);
    Crt310CardReader reader =
        Crt310Driver.create(
            entry(Map.of("chip", "yes")), ScriptedLink.connector(List.of(first, second)), vertx);
    reader.open();
    awaitState(reader, DeviceStatus.State.ONLINE);

    assertThat(faultOf(reader.read(Duration.ZERO, () -> {})).code()).isEqualTo(Fault.Code.OFFLINE);
    awaitState(reader, DeviceStatus.State.ONLINE);
    assertThat(await(reader.eject())).isInstanceOf(EjectOutcome.AtExit.class);
    assertThat(first.complaints()).isEmpty();
    assertThat(second.complaints()).isEmpty();
    assertThat(second.left()).isEmpty();
    await(reader.close());
  }

  @Test
  void theSettingIsYesOrNo() {
    assertThat(mistakes(Map.of())).isEmpty();
    assertThat(mistakes(Map.of("chip", "yes"))).isEmpty();
    assertThat(mistakes(Map.of("chip", "no"))).isEmpty();
    assertThat(mistakes(Map.of("chip", "first")))
        .containsExactly("settings: chip is \"first\", wanted yes or no");
    assertThat(mistakes(Map.of("chips", "yes"))).containsExactly("settings: chips is not known");
  }

  private static List<String> mistakes(Map<String, String> settings) {
    return new Crt310Driver().mistakes(DeviceKind.CARD_READER, entry(settings));
  }

  private static DeviceEntry entry(Map<String, String> settings) {
    URI at = URI.create("tcp://localhost:1");
    return new DeviceEntry("card-reader", "crt-310", at, List.of(), settings, 1);
  }

  private static List<String> prepared(String position) {
    List<String> script = new ArrayList<>(new Vectors("creator-crt310").exchange("reset"));
    script.addAll(
        List.of("> 02 00 03 2F 31 31 03 2D", "< 06", "> 05", "< 02 00 04 2F 31 31 59 03 73"));
    script.addAll(status(position));
    return script;
  }

  private static List<String> status(String position) {
    Buffer answer = Crt310Frames.command(0x31, 0x30, Integer.parseInt(position, 16), 0x4E, 0x4E);
    return List.of("> 02 00 02 31 30 03 02", "< 06", "> 05", "< " + hex(answer));
  }

  private static String hex(Buffer bytes) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes.getBytes());
  }

  /// What a reader may say instead of the good answer.
  private static Map<String, Function<Buffer, Buffer>> badAnswers() {
    return Map.ofEntries(
        Map.entry("a refusal", Crt310ChipTest::refusal),
        Map.entry("a failure", instead(0x4E)),
        Map.entry("no card", instead(0x45)),
        Map.entry("a wrong place", instead(0x57)),
        Map.entry("nothing", instead()),
        Map.entry("half a length", instead(0x59, 0)),
        Map.entry("a length too long", instead(0x59, 0xFF, 0xFF, 0x90, 0)),
        Map.entry("half a status word", instead(0x59, 0, 1, 0x90)),
        Map.entry("a status word of the chip", instead(0x59, 0, 2, 0x6F, 0)),
        Map.entry("a bad check byte", Crt310ChipTest::harmed),
        Map.entry("a cut line", _ -> Buffer.buffer()));
  }

  private static Function<Buffer, Buffer> instead(int... data) {
    return good -> Crt310Frames.command(good.getByte(3), good.getByte(4), data);
  }

  private static Buffer harmed(Buffer good) {
    int last = good.length() - 1;
    return good.copy().setByte(last, (byte) ~good.getByte(last));
  }

  private static Buffer refusal(Buffer good) {
    Buffer frame = Buffer.buffer(new byte[] {2, 0, 3, 0x4E, good.getByte(3), 2, 3});
    return Bcc.append(frame);
  }

  private record AskedChip(Track2 track2, Throwable failure) {
    boolean isOfTheWire() {
      return failure != null && !(failure instanceof SilentChip || failure instanceof BadCard);
    }
  }

  private AskedChip ask(AnsweringUnit unit) {
    return await(
        onContext(
            () ->
                chip.read(new Crt310Wire(unit, deadlines))
                    .map(track2 -> new AskedChip(track2, null))
                    .otherwise(failure -> new AskedChip(null, failure))));
  }

  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    return Future.future(done -> vertx.runOnContext(_ -> work.get().onComplete(done)));
  }
}
