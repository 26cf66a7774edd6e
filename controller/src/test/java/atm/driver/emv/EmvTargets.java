package atm.driver.emv;

import atm.fuzz.Target;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

public final class EmvTargets {
  private EmvTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("emv-tlv", BadCard.class, EmvTargets::objects),
        Target.of("emv-card", IOException.class, EmvTargets::card));
  }

  private static void objects(byte[] bytes) throws BadCard {
    List<Tlv> objects = Tlv.parse(bytes);
    objects.forEach(Target.said());
    Tlv.find(objects, 0x57).ifPresent(_ -> {});
  }

  /// A chip that says this to whatever it is asked, then is out: first byte how long the next
  /// answer is.
  private static void card(byte[] bytes) throws IOException {
    Deque<byte[]> answers = new ArrayDeque<>();
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + (bytes[at] & 0xFF));
      answers.add(Arrays.copyOfRange(bytes, at + 1, end));
      at = end;
    }
    Contact talkative =
        _ -> {
          if (answers.isEmpty()) throw new SilentChip("the card was pulled out");
          return answers.remove();
        };
    Target.said(new Emv(new Chip(talkative), Clock.systemUTC(), new SecureRandom()).read());
  }
}
