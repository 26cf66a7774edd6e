package atm.driver.zt598;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.device.Fault;
import atm.device.PinPad.Binding;
import atm.device.PinPad.Key;
import atm.link.HeldTime;
import atm.link.NoAnswer;
import atm.link.ScriptedLink;
import atm.link.Vectors;
import atm.value.Pan;
import atm.value.PinBlock;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The driver's half of the published exchanges, byte by byte, and what a bad line does to them.
class Zt598VectorsTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final String GOOD = "02 30 30 31 60 03 35 32";
  private static final String INPUT_ON = "> 02 30 30 34 35 30 33 33 03 33 32";
  private static final Binding BINDING =
      new Binding(new Pan("4111111111111111"), PinBlock.Format.ISO_0);

  private final Vectors vectors = new Vectors("szzt-zt588-zt598-epp");
  private final HeldTime time = new HeldTime();

  private static PadSettings settings(PadModel model) {
    return new PadSettings(model, "20", "30", "00011", PadKeys.FUNCTION_KEYS);
  }

  private PadUnit unit(ScriptedLink link) {
    return new PadUnit(link, time, settings(PadModel.ZT588));
  }

  private <T> T play(List<String> script, Function<PadUnit, Future<T>> command) {
    ScriptedLink link = new ScriptedLink(script);
    Future<T> answer = command.apply(unit(link));
    while (!answer.isComplete()) assertThat(time.pass()).isTrue();
    assertThat(link.complaints()).isEmpty();
    assertThat(link.left()).isEmpty();
    return await(answer);
  }

  // As published.

  @Test
  void keyInputIsTurnedOnAndOff() {
    assertThat(play(vectors.exchange("input on"), PadUnit::inputOn).code()).isEqualTo(0x60);
    assertThat(play(vectors.exchange("input off"), PadUnit::inputOff).code()).isEqualTo(0x60);
  }

  @Test
  void framesAreThoseOfTheSheet() {
    assertThat(framed("3")).isEqualTo(vectors.first("information"));
    assertThat(framed("5637")).isEqualTo(vectors.first("hex mode"));
    assertThat(framed(PadModel.ZT588.startPin(settings(PadModel.ZT588), BINDING, 4)))
        .isEqualTo(vectors.first("start PIN, key 30, ISO-0, 4 digits, PAN"));
  }

  @Test
  void aZt598LearnsForWhomAPinIsWhenItsBlockIsAskedFor() {
    PadSettings settings = settings(PadModel.ZT598);

    assertThat(PadModel.ZT598.startPin(settings, BINDING, 4)).isEqualTo("600011");
    assertThat(PadModel.ZT598.pinBlock(settings, BINDING)).isEqualTo("730 111111111111");
    assertThat(PadModel.ZT588.pinBlock(settings(PadModel.ZT588), BINDING)).isEqualTo("7");
  }

  @Test
  void aRefusalSaysWhatTheUnitMeans() {
    List<String> script = List.of(INPUT_ON, "< " + vectors.first("key slot empty"));

    assertThatThrownBy(() -> play(script, PadUnit::inputOn))
        .rootCause()
        .hasMessage("return code E4, the key slot is empty");
  }

  @Test
  void keysComeBetweenFrames() {
    List<Integer> keys = new ArrayList<>();
    ScriptedLink link = new ScriptedLink(vectors.exchange("keys 1, 2, enter while in plain input"));
    unit(link).onKey(keys::add);
    link.begin();

    PadKeys table = new PadKeys(PadKeys.FUNCTION_KEYS);
    assertThat(keys.stream().map(code -> table.of(code).orElseThrow()))
        .containsExactly(Key.D1, Key.D2, Key.ENTER);
  }

  // Bad news.

  @Test
  void aReplyThatIsCutAnywhereIsAskedForAnewAndIsNoKey() {
    byte[] reply = HEX.parseHex(GOOD);
    for (int cut = 1; cut < reply.length; cut++) {
      List<Integer> keys = new ArrayList<>();
      String part = HEX.formatHex(reply, 0, cut);
      List<String> script = List.of(INPUT_ON, "< " + part, INPUT_ON, "< " + GOOD);
      PadReply answer =
          play(
              script,
              unit -> {
                unit.onKey(keys::add);
                return unit.inputOn();
              });

      assertThat(answer.code()).isEqualTo(0x60);
      assertThat(keys).as("cut after %d", cut).isEmpty();
    }
  }

  @Test
  void aReplyOfWhichAnyByteIsChangedIsNotBelieved() {
    byte[] reply = HEX.parseHex(GOOD);
    for (int at = 1; at < reply.length; at++) {
      byte[] changed = reply.clone();
      changed[at] ^= 0x10;
      List<String> script = List.of(INPUT_ON, "< " + HEX.formatHex(changed), INPUT_ON, "< " + GOOD);
      List<Integer> keys = new ArrayList<>();
      PadReply answer =
          play(
              script,
              unit -> {
                unit.onKey(keys::add);
                return unit.inputOn();
              });

      assertThat(answer.code()).isEqualTo(0x60);
      assertThat(keys).as("changed at %d", at).isEmpty();
    }
  }

  @Test
  void noiseBeforeAReplyIsPassedOver() {
    assertThat(play(List.of(INPUT_ON, "< FF 00 7E 02 " + GOOD), PadUnit::inputOn).code())
        .isEqualTo(0x60);
  }

  @Test
  void aReplyThatComesTwiceAnswersNothingElse() {
    List<String> script =
        List.of(
            INPUT_ON,
            "< " + GOOD + " " + GOOD,
            "> " + framed("7"),
            // The copy of the copy, in a piece of its own.
            "< " + GOOD,
            "< " + framed("`02041122334455667788"));

    byte[] block = play(script, unit -> unit.inputOn().compose(_ -> unit.pinBlock(BINDING)));
    assertThat(HexFormat.of().formatHex(block)).isEqualTo("1122334455667788");
  }

  @Test
  void aLateReplyIsWaitedForBeforeAnythingElseIsAsked() {
    ScriptedLink link = new ScriptedLink(INPUT_ON, INPUT_ON, "< " + GOOD);
    PadUnit unit = unit(link);
    Future<PadReply> on = unit.inputOn();
    assertThat(time.pass()).isTrue();
    assertThat(on.isComplete()).isTrue();
    Future<PadReply> off = unit.inputOff();

    assertThat(link.complaints()).isEmpty();
    assertThat(off.isComplete()).isFalse();
  }

  @Test
  void aUnitThatSaysNothingIsNoAnswerAfterFourRepeats() {
    List<String> script = List.of(INPUT_ON, INPUT_ON, INPUT_ON, INPUT_ON, INPUT_ON);

    assertThatThrownBy(() -> play(script, PadUnit::inputOn))
        .rootCause()
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining("no reply to a command, 5 times");
    assertThat(time.running()).isZero();
  }

  @Test
  void aUnitThatSpeaksBrokenFramesIsOneOfAnotherProtocol() {
    String broken = "< 02 30 30 31 60 03 35 33";
    List<String> script =
        List.of(
            INPUT_ON, broken, INPUT_ON, broken, INPUT_ON, broken, INPUT_ON, broken, INPUT_ON,
            broken);

    assertThatThrownBy(() -> play(script, PadUnit::inputOn))
        .rootCause()
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("a wrong check in a reply");
  }

  @Test
  void aDeviceOfAnotherMakeSpeaksFramesWithoutALength() {
    // A CRT-310's refusal.
    String other = "< 02 00 03 4E 99 00 03 D5";
    List<String> script =
        List.of(
            INPUT_ON, other, INPUT_ON, other, INPUT_ON, other, INPUT_ON, other, INPUT_ON, other);

    assertThatThrownBy(() -> play(script, PadUnit::inputOn))
        .rootCause()
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("a frame without a length in a reply");
  }

  @Test
  void aMegabyteOfGarbageEndsTheLine() {
    byte[] garbage = new byte[1 << 20];
    new Random(1).nextBytes(garbage);
    ScriptedLink link = new ScriptedLink("< " + HEX.formatHex(garbage));
    Future<PadReply> answer = unit(link).inputOn();
    link.begin();

    assertThat(link.ended().isComplete()).isTrue();
    assertThat(answer.cause())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("another device, or another speed");
  }

  @Test
  void aDigitInClearWhileAPinIsTypedEndsTheEntry() {
    List<Integer> counts = new ArrayList<>();
    PadKeys keys = new PadKeys(PadKeys.FUNCTION_KEYS);
    PadEntry.Pin entry = new PadEntry.Pin(keys, EnumSet.noneOf(Key.class), 6, counts::add);
    entry.pressed(0x2A);
    entry.pressed('4');

    assertThat(counts).containsExactly(1);
    assertThat(entry.end().cause()).hasMessageContaining(Fault.Code.SECURITY.name());
  }

  // What a log may show.

  @Test
  void theTraceHidesKeysNumbersBlocksAndTypedDigits() {
    String said =
        masked(framed("22030321122334455667788"))
            + masked(framed("630 004111111111111"))
            + masked(framed("`0204AABBCCDDEEFF0011"))
            + masked("31 32 0D");

    assertThat(said)
        .contains("02 30 32 33 32 **", "02 30 31 39 36 **", "02 30 32 31 60 **", "** ** 0D")
        .doesNotContain("31 32 0D")
        .doesNotContain("41 41");
    assertThat(masked(framed("52A1"))).doesNotContain("*");
    assertThat(masked(GOOD)).isEqualTo(GOOD);
  }

  @Test
  void theTraceHidesWhatIsLeftOfAFrameThatCameBroken() {
    String block = framed("`0204AABBCCDDEEFF0011");
    String keys = framed("52030321122334455667788");

    assertThat(masked(block.substring(0, 30) + block)).doesNotContain("44 44").doesNotContain("46");
    assertThat(masked(block.substring(3))).doesNotContain("41 41").doesNotContain("30 30");
    assertThat(masked(keys)).as("no control is that long").doesNotContain("33 33");
    assertThat(masked("2A 2A 0D")).isEqualTo("2A 2A 0D");
  }

  private static String masked(String hex) {
    PadFrames.SecretMask mask = new PadFrames.SecretMask();
    StringBuilder shown = new StringBuilder();
    for (byte b : HEX.parseHex(hex)) shown.append(mask.hides(b) ? " **" : " %02X".formatted(b));
    return shown.substring(1);
  }

  private static String framed(String text) {
    Buffer frame = PadFrames.frame(text);
    return HEX.formatHex(frame.getBytes());
  }
}
