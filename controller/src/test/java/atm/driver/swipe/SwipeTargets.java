package atm.driver.swipe;

import atm.fuzz.Target;
import java.util.List;

public final class SwipeTargets {
  private SwipeTargets() {}

  /// Whatever was typed is a card or a reason why not, never an exception. Read as characters and
  /// as the keys that type them.
  public static List<Target> all() {
    return List.of(new Target("swipe", 4096, _ -> false, SwipeTargets::read));
  }

  private static void read(byte[] bytes) {
    for (boolean lrc : new boolean[] {false, true}) {
      Swipe characters = new Swipe(lrc);
      Swipe keys = new Swipe(lrc);
      for (byte b : bytes) {
        characters.add(b);
        keys.add(UsLayout.character(b & 0x7F, b < 0));
        keys.hasTrack2();
      }
      Target.said(characters.read());
      Target.said(keys.read());
    }
  }
}
