package sim.scenario;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line of a scenario: something hands do, or something that has to come true.
public sealed interface Step {
  /// Hands that cannot act within this, because no slot opens and no key is live, give up.
  Duration HANDS = Duration.ofSeconds(30);

  /// Longer than any customer has for anything by default, so that "the notes were left" is seen.
  Duration EYES = Duration.ofSeconds(60);

  /// Where it stands in its file.
  int line();

  /// As it is shown, without what is typed at the pad.
  String words();

  /// How long it may take to come true.
  default Duration within() {
    return HANDS;
  }

  /// An act of the back door.
  record Act(int line, String device, String action, JsonObject body) implements Step {
    @Override
    public String words() {
      return device + " " + action + (body.isEmpty() ? "" : " " + said(body));
    }

    private static String said(JsonObject body) {
      return String.join(" ", body.stream().map(member -> "" + member.getValue()).toList());
    }
  }

  /// Keys of the pad, one after the other.
  record Keys(int line, List<String> keys) implements Step {
    public Keys {
      keys = List.copyOf(keys);
    }

    @Override
    public String words() {
      boolean digits = keys.stream().allMatch(key -> key.matches("\\d"));
      return digits ? "types " + keys.size() + " digits" : "presses " + String.join(" ", keys);
    }
  }

  /// The PIN that belongs to a card of the wallet.
  record Pin(int line, String card) implements Step {
    @Override
    public String words() {
      return "types the PIN of " + card;
    }
  }

  /// The function key beside an option.
  record Chooses(int line, String option) implements Step {
    @Override
    public String words() {
      return "chooses " + option;
    }
  }

  /// A screen that is shown after the last one that was waited for.
  ///
  /// @param typed what is in its entry: digits, or how many of a PIN
  /// @param shows words in its title or its body
  record Sees(
      int line,
      String screen,
      Optional<String> typed,
      Optional<String> shows,
      Optional<String> severity,
      Optional<String> language,
      Duration within)
      implements Step {
    @Override
    public String words() {
      StringBuilder words = new StringBuilder("sees ").append(screen);
      typed.ifPresent(text -> words.append(" with ").append(text).append(" typed"));
      shows.ifPresent(text -> words.append(" with “").append(text).append('”'));
      severity.ifPresent(text -> words.append(", ").append(text));
      language.ifPresent(text -> words.append(", in ").append(text));
      return words.toString();
    }
  }

  /// What has moved since the run began, in minor units: in the machine by place, in the books by
  /// kind of account.
  record Money(
      int line,
      Map<String, Long> machine,
      Map<String, Long> books,
      String currency,
      Duration within)
      implements Step {
    public Money {
      machine = Map.copyOf(machine);
      books = Map.copyOf(books);
    }

    @Override
    public String words() {
      return "money: "
          + String.join(
              ", ",
              java.util.stream.Stream.concat(
                      amounts(machine, "").stream(), amounts(books, "books ").stream())
                  .toList());
    }

    private List<String> amounts(Map<String, Long> moved, String whose) {
      return moved.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(each -> whose + each.getKey() + " " + Amounts.said(each.getValue(), currency))
          .toList();
    }
  }

  /// Books and machine hold the same notes in the same places; the last step of every run.
  record Agreement(int line) implements Step {
    @Override
    public String words() {
      return "books and machine agree";
    }
  }
}
