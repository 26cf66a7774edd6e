package atm.driver.emv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.link.Vectors;
import atm.value.Track2;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a chip is asked, byte by byte, and what becomes of bad answers.
class EmvTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final Clock TODAY =
      Clock.fixed(Instant.parse("2026-11-23T01:00:00Z"), ZoneOffset.UTC);
  private static final String VISA = "A0 00 00 00 03 10 10";

  private final Vectors vectors = new Vectors("pcsc-emv-pan");

  private final List<String> complaints = new ArrayList<>();

  private Track2 read(List<String> script) throws IOException {
    Chip chip = new Chip(new ScriptedChip(script, complaints));
    return new Emv(chip, TODAY, new SecureRandom()).read();
  }

  private Track2 read(String name) throws IOException {
    Track2 track2 = read(vectors.exchange(name));
    assertThat(complaints).isEmpty();
    return track2;
  }

  @Test
  void aContactCardIsReadThroughItsDirectory() throws Exception {
    Track2 track2 = read("contact card with a directory");

    assertThat(track2.pan().digits()).isEqualTo("4761739001010010");
    assertThat(track2.expires()).hasToString("2022-12");
    assertThat(track2.serviceCode()).isEqualTo("201");
  }

  @Test
  void withoutADirectoryTheKnownApplicationsAreTriedAndStatusWordsOfT0AreFollowed()
      throws Exception {
    Track2 track2 = read("no directory, and T=0 has to be asked for everything");

    assertThat(track2.pan().digits()).isEqualTo("4761739001010010");
    assertThat(track2.expires()).hasToString("2022-12");
    assertThat(track2.serviceCode()).isEmpty();
  }

  @Test
  void aContactlessCardGetsWhatItWantsToKnowAndTellsItsNumberAtOnce() throws Exception {
    assertThat(read("contactless card that tells its number at once").pan().digits())
        .isEqualTo("4761739001010010");
  }

  @Test
  void aBlockedCardIsNotAskedFurther() {
    assertThatThrownBy(() -> read("blocked card")).hasMessage("the card is blocked");
    assertThat(complaints).isEmpty();
  }

  @Test
  void theCardIsToldTheDateAndZeroesOfAllElse() throws Exception {
    List<String> script = new ArrayList<>(upToSelection());
    script.removeLast();
    script.add("< 6F 15 84 07 " + VISA + " A5 0A 9F 38 07 9A 03 9F 1A 02 95 05 90 00");
    script.add("> 80 A8 00 00 0C 83 0A 26 11 23 00 00 00 00 00 00 00 00");
    script.add("< 77 15 57 13 47 61 73 90 01 01 00 10 D2 21 22 01 11 43 80 44 00 00 0F 90 00");

    read(script);
    assertThat(complaints).isEmpty();
  }

  @Test
  void anApplicationThatDoesNotBeginIsPassedOverForTheNext() {
    List<String> script = new ArrayList<>(upToSelection());
    script.add("> 80 A8 00 00 02 83 00 00");
    script.add("< 69 85");

    assertThatThrownBy(() -> read(script))
        .isInstanceOf(BadCard.class)
        .hasMessage("the application does not begin: status word 6985");
  }

  @Test
  void aChipThatAlwaysHasMoreToSayIsNotListenedToForEver() {
    List<String> script = new ArrayList<>(upToSelection());
    script.removeLast();
    script.add("< 61 01");
    for (int i = 0; i < 40; i++) {
      script.add("> 00 C0 00 00 01");
      script.add("< 00 61 01");
    }

    assertThatThrownBy(() -> read(script)).isInstanceOf(SilentChip.class);
  }

  @Test
  void everyByteOfEveryAnswerMayBeAnotherOrMissing() {
    for (String name :
        List.of(
            "contact card with a directory",
            "no directory, and T=0 has to be asked for everything",
            "contactless card that tells its number at once")) {
      List<String> script = vectors.exchange(name);
      for (int step = 1; step < script.size(); step += 2) {
        byte[] answer = HEX.parseHex(script.get(step).substring(2));
        for (int at = 0; at < answer.length; at++) {
          for (int bit = 0; bit < 8; bit++) {
            byte[] changed = answer.clone();
            changed[at] ^= (byte) (1 << bit);
            typed(script, step, changed);
          }
        }
        for (int cut = 2; cut < answer.length; cut++) {
          typed(script, step, java.util.Arrays.copyOf(answer, cut));
        }
      }
    }
  }

  /// A number of the right form or a typed error that says why.
  private void typed(List<String> script, int step, byte[] answer) {
    List<String> changed = new ArrayList<>(script);
    changed.set(step, "< " + HEX.formatHex(answer));
    try {
      assertThat(read(changed).pan().digits()).matches("\\d{12,19}");
    } catch (IOException typed) {
      assertThat(typed.getMessage()).isNotBlank().doesNotContain("4761739001010010");
    }
  }

  @Test
  void dataObjectsOfTheSheetAreTakenApart() throws Exception {
    List<Tlv> objects =
        Tlv.parse(HEX.parseHex("5A 08 47 61 73 90 01 01 00 10 5F 24 03 22 12 31 00 4F 07 " + VISA));

    assertThat(objects).extracting(Tlv::tag).containsExactly(0x5A, 0x5F24, 0x4F);
    assertThat(Emv.of(objects.get(0).value(), objects.get(1).value()).expires())
        .hasToString("2022-12");
    assertThat(objects.toString()).doesNotContain("47, 61").doesNotContain("4761");
    assertThat(Tlv.find(Tlv.parse(HEX.parseHex("70 81 05 5A 82 00 01 77")), 0x5A))
        .hasValueSatisfying(value -> assertThat(value).isEqualTo(new byte[] {0x77}));
  }

  @Test
  void badDataObjectsAreRefusedWithASentence() {
    assertThatThrownBy(() -> Tlv.parse(HEX.parseHex("5A 08 47")))
        .hasMessage("a data object of 8 bytes where 1 are left");
    assertThatThrownBy(() -> Tlv.parse(HEX.parseHex("5A 80"))).hasMessageContaining("with 80");
    assertThatThrownBy(() -> Tlv.parse(HEX.parseHex("5A 83 00 00 01 00")))
        .hasMessageContaining("with 83");
    assertThatThrownBy(() -> Tlv.parse(HEX.parseHex("9F FF FF FF 01 00")))
        .hasMessage("a tag without end");
    assertThatThrownBy(() -> Tlv.parse(HEX.parseHex("5F 24"))).hasMessage("a tag without a length");
    assertThatThrownBy(() -> Tlv.parse(HEX.parseHex("5A 82 01"))).hasMessageContaining("cut off");
  }

  @Test
  void objectsInObjectsInObjectsComeToAnEnd() {
    byte[] deep = {};
    for (int i = 0; i < 40; i++) {
      byte[] outer = new byte[deep.length + 2];
      outer[0] = 0x70;
      outer[1] = (byte) deep.length;
      System.arraycopy(deep, 0, outer, 2, deep.length);
      deep = outer;
    }
    byte[] all = deep;

    assertThatThrownBy(() -> Tlv.find(Tlv.parse(all), 0x5A)).hasMessageContaining("deeper than 8");
  }

  private List<String> upToSelection() {
    return vectors.exchange("contact card with a directory").subList(0, 8);
  }
}
