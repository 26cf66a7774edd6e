package atm.screen;

import atm.screen.Screen.Notes;
import atm.screen.Screen.Processing;
import atm.value.Money;
import atm.value.Stan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every screen in every language, with fixed facts: to be looked at, and to be tested.
public final class Gallery {
  private final Texts texts;

  public Gallery(Texts texts) {
    this.texts = texts;
  }

  /// All models, one language after the other; `seq` counts them.
  public List<ScreenModel> all() {
    List<ScreenModel> models = new ArrayList<>();
    for (String tag : texts.tags()) {
      for (Screen screen : screens(tag)) {
        models.add(texts.model(screen, tag, "gallery", models.size() + 1, remainingMs(screen)));
      }
    }
    return models;
  }

  private static long remainingMs(Screen screen) {
    return switch (screen) {
      case Screen.TakeCard(_, _, int seconds) -> seconds * 1000L;
      case Screen.TakeCash(_, int seconds) -> seconds * 1000L;
      case Screen.MoreTime _ -> 15_000;
      default -> 0;
    };
  }

  List<Screen> screens(String tag) {
    List<String> others = texts.tags().stream().filter(other -> !other.equals(tag)).toList();
    List<Screen> screens = new ArrayList<>();
    screens.add(new Screen.Starting());
    screens.add(new Screen.OutOfService());
    screens.add(new Screen.Idle(true, true));
    screens.add(new Screen.Idle(false, false));
    screens.add(new Screen.Pin(0, Optional.empty(), others));
    screens.add(new Screen.Pin(3, Optional.empty(), others));
    screens.add(new Screen.Pin(0, Optional.of(2), others));
    screens.add(new Screen.Pin(12, Optional.of(1), others));
    screens.add(new Screen.Menu("Alice Martin", true));
    screens.add(new Screen.Menu("Maximiliane Freifrau von Hohenstein-Waldenburg", false));
    screens.add(new Screen.FastCash(fastCash()));
    screens.add(new Screen.Amount(Optional.empty(), kinds()));
    screens.add(new Screen.Amount(Optional.of(euros(12345)), kinds()));
    screens.add(new Screen.NotPayable(euros(65), Optional.of(euros(60)), Optional.of(euros(70))));
    screens.add(new Screen.NotPayable(euros(5), Optional.empty(), Optional.of(euros(10))));
    for (Screen.Declined.Why why : Screen.Declined.Why.values()) {
      screens.add(new Screen.Declined(why, Optional.of(euros(90))));
      screens.add(new Screen.Declined(why, Optional.empty()));
    }
    screens.add(new Screen.Confirm(euros(60), notes()));
    screens.add(new Screen.ReceiptChoice());
    for (Processing.Work work : Processing.Work.values()) screens.add(new Processing(work));
    screens.add(new Screen.TakeCard(false, Optional.empty(), 20));
    screens.add(new Screen.TakeCard(true, Optional.empty(), 20));
    screens.add(new Screen.TakeCard(false, Optional.of(because(Notice.CANCELED)), 20));
    screens.add(new Screen.TakeCard(false, Optional.of(because(Notice.CASH_UNCLEAR)), 20));
    screens.add(new Screen.TakeCash(euros(60), 30));
    screens.add(new Screen.TakeReceipt());
    screens.add(new Screen.MoreTime());
    screens.add(new Screen.Balance(euros(1250), euros(1190), euros(500), true, true));
    screens.add(new Screen.Balance(millions(), millions(), euros(500), false, false));
    Arrays.stream(Notice.values()).map(Screen.Message::new).forEach(screens::add);
    screens.add(because(Notice.CASH_UNCLEAR));
    screens.add(new Screen.Goodbye());
    return screens;
  }

  private static Screen.Message because(Notice notice) {
    Optional<Stan> reference =
        notice == Notice.CASH_UNCLEAR ? Optional.of(new Stan(1043)) : Optional.empty();
    return new Screen.Message(notice, reference);
  }

  private static SortedMap<Money, Boolean> fastCash() {
    SortedMap<Money, Boolean> amounts = new TreeMap<>();
    for (int amount : new int[] {20, 50, 100, 150, 200}) amounts.put(euros(amount), true);
    amounts.put(euros(300), false);
    return amounts;
  }

  private static Notes notes() {
    return new Notes(new TreeMap<>(Map.of(euros(50), 1, euros(10), 1)));
  }

  private static Notes kinds() {
    return Notes.kinds(List.of(euros(10), euros(20), euros(50)));
  }

  private static Money euros(long euros) {
    return Money.of(euros * 100, "EUR");
  }

  private static Money millions() {
    return Money.of(1_234_567_890L, "EUR");
  }
}
