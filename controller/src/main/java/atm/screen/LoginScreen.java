package atm.screen;

import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.CANCEL;
import static atm.screen.Choice.Act.CONFIRM;

import atm.screen.Choice.Act;
import atm.screen.ScreenModel.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The screens that ask who somebody is, and the change of a PIN. A PIN is a count of digits here.
public sealed interface LoginScreen extends Screen {
  /// The customer's own account number being typed, by somebody without a card.
  ///
  /// @param whole whether it is long enough to go on
  /// @param wrong whether the number typed before had a wrong check digit
  record Login(String typed, boolean whole, boolean wrong) implements LoginScreen {
    @Override
    public String words() {
      return wrong ? "login.wrong" : "login";
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM, whole), new Key('I', CANCEL));
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry.Account(typed));
    }

    @Override
    public Severity severity() {
      return wrong ? Severity.WARNING : Severity.INFO;
    }
  }

  /// @param triesLeft present after a wrong PIN
  /// @param languages the others one may read on in
  /// @param aids whether what helps to read is offered
  record Pin(int typed, Optional<Integer> triesLeft, List<String> languages, boolean aids)
      implements LoginScreen {
    private static final String PLACES = "FG";

    @Override
    public String words() {
      return triesLeft.isPresent() ? "pin.wrong" : "pin";
    }

    @Override
    public Map<String, Object> facts() {
      return triesLeft.<Map<String, Object>>map(left -> Map.of("count", left)).orElse(Map.of());
    }

    /// Languages that all find a place beside the screen are offered there, under their own names;
    /// more of them have a screen to themselves.
    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      if (languages.size() > PLACES.length()) {
        keys.add(new Key('F', Act.LANGUAGE));
      } else {
        languages.forEach(
            tag -> keys.add(new Key(PLACES.charAt(keys.size()), new Choice.Language(tag))));
      }
      if (aids) keys.add(new Key('H', Act.AIDS));
      keys.add(new Key('I', CANCEL));
      return keys;
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry.Pin(typed));
    }

    @Override
    public Severity severity() {
      return triesLeft.isPresent() ? Severity.WARNING : Severity.INFO;
    }
  }

  /// A PIN being typed for its change.
  record NewPin(int typed, Ask ask) implements LoginScreen {
    public enum Ask {
      /// The PIN as it is.
      OLD,
      NEW,
      AGAIN,
      /// The new one again from the start: the bank finds it too easy to guess.
      NEW_AFTER_WEAK,
      /// The new one again from the start: the two were not the same.
      NEW_AFTER_MISMATCH,
      /// The new one again from the start: it was the old one.
      NEW_AFTER_SAME
    }

    @Override
    public String name() {
      return "pin";
    }

    @Override
    public String words() {
      return "change-pin." + Line.keyOf(ask.name());
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('H', BACK), new Key('I', CANCEL));
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry.Pin(typed));
    }

    @Override
    public Severity severity() {
      return switch (ask) {
        case OLD, NEW, AGAIN -> Severity.INFO;
        case NEW_AFTER_WEAK, NEW_AFTER_MISMATCH, NEW_AFTER_SAME -> Severity.WARNING;
      };
    }
  }
}
