package atm.driver.pcsc;

import atm.fuzz.Target;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

public final class PcscTargets {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private PcscTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("emv-tlv", BadCard.class, PcscTargets::objects),
        Target.of("emv-card", Exception.class, PcscTargets::card));
  }

  private static void objects(byte[] bytes) throws BadCard {
    List<Tlv> objects = Tlv.parse(bytes);
    objects.forEach(Target.said());
    Tlv.find(objects, 0x57).ifPresent(_ -> {});
  }

  /// A chip that says this to whatever it is asked: first byte how long the next answer is.
  private static void card(byte[] bytes) throws Exception {
    List<byte[]> answers = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + (bytes[at] & 0xFF));
      byte[] data = Arrays.copyOfRange(bytes, at + 1, end);
      answers.add(data.length < 2 ? HEX.parseHex("90 00") : data);
      at = end;
    }
    try {
      Target.said(
          new Emv(new Chip(new Talkative(answers)), Clock.systemUTC(), new SecureRandom()).read());
    } catch (BadCard | javax.smartcardio.CardException promised) {
      throw promised;
    } catch (Exception notPromised) {
      throw new AssertionError(notPromised);
    }
  }
}
