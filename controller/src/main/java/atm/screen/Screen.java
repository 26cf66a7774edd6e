package atm.screen;

import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.CANCEL;
import static atm.screen.Choice.Act.CONFIRM;
import static atm.screen.Choice.Act.NO;
import static atm.screen.Choice.Act.YES;

import atm.screen.Aids.Aid;
import atm.screen.Choice.Act;
import atm.screen.ScreenModel.Severity;
import atm.value.Money;
import atm.value.Stan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a customer is shown, as data; `Texts` puts it into words. Function keys are `A`-`D` on the
/// right and `F`-`I` on the left, top to bottom, in every language: the way on is always at `D`,
/// the way out at `I`. Here are the screens of every visit; those of one service have a file each.
public sealed interface Screen
    permits AccountScreen,
        DepositScreen,
        LoginScreen,
        TransferScreen,
        WithdrawalScreen,
        Screen.Starting,
        Screen.OutOfService,
        Screen.Idle,
        Screen.ReadingCard,
        Screen.Language,
        Screen.Reading,
        Screen.Menu,
        Screen.ReceiptChoice,
        Screen.Processing,
        Screen.TakeCard,
        Screen.TakeReceipt,
        Screen.MoreTime,
        Screen.Message,
        Screen.Goodbye {
  /// The word of the screen contract: that of the record, `TakeCash` is `take-cash`, unless several
  /// screens share one.
  default String name() {
    return Line.keyOf(getClass().getSimpleName());
  }

  /// Where its words stand in the catalogues; one screen may have several.
  default String words() {
    return name();
  }

  /// What the words speak of; `Language` knows how to write each kind of fact.
  default Map<String, Object> facts() {
    return Map.of();
  }

  /// Lines that are shown below the body only at times.
  default List<Line> lines() {
    return List.of();
  }

  default List<Key> keys() {
    return List.of();
  }

  default Optional<Entry> entry() {
    return Optional.empty();
  }

  default Severity severity() {
    return Severity.INFO;
  }

  /// A function key and what it does here.
  record Key(char fdk, Choice choice, boolean enabled) {
    Key(char fdk, Choice choice) {
      this(fdk, choice, true);
    }

    /// Each act at its place.
    static List<Key> at(Map<Act, Character> places, List<Act> acts) {
      return acts.stream().map(act -> new Key(places.get(act), act)).toList();
    }
  }

  /// What is being typed.
  sealed interface Entry {
    record Pin(int count) implements Entry {}

    /// @param typed may be zero, which is no amount to go on with
    record Amount(Optional<Money> typed) implements Entry {
      boolean isWhole() {
        return typed.filter(money -> !money.isZero()).isPresent();
      }

      List<Line> lines() {
        return typed.isPresent() && !isWhole() ? List.of(new Line("amount.zero")) : List.of();
      }
    }

    /// @param typed the digits so far
    record Account(String typed) implements Entry {}
  }

  /// Words at `key`, with facts of their own beside those of the screen.
  record Line(String key, Map<String, Object> facts) {
    Line(String key) {
      this(key, Map.of());
    }

    static Line reference(Stan stan) {
      return new Line("message.reference", Map.of("reference", stan));
    }

    /// `TakeCash` and `TAKE_CASH` have their words at `take-cash`.
    static String keyOf(String name) {
      return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").replace('_', '-').toLowerCase(Locale.ROOT);
    }
  }

  /// How many of which note, to be shown in one line; a count of zero shows the kind alone.
  record Notes(SortedMap<Money, Integer> byNote) {
    public static Notes kinds(List<Money> notes) {
      SortedMap<Money, Integer> none = new TreeMap<>();
      notes.forEach(note -> none.put(note, 0));
      return new Notes(none);
    }
  }

  /// A span of time, in words.
  record Seconds(int count) {}

  record Starting() implements Screen {}

  record OutOfService() implements Screen {
    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /// @param offers what can be begun without a card in the machine: `WITHOUT_CARD`, `LANGUAGE`,
  /// `AIDS`
  /// @param swiped whether the card is drawn through the reader instead of put in
  record Idle(boolean cash, boolean receipts, boolean swiped, List<Act> offers) implements Screen {
    private static final Map<Act, Character> PLACES =
        Map.of(Act.WITHOUT_CARD, 'A', Act.LANGUAGE, 'B', Act.AIDS, 'C');

    @Override
    public String words() {
      return swiped ? "idle.swipe" : "idle";
    }

    @Override
    public List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      if (!cash) lines.add(new Line("idle.no-cash"));
      if (!receipts) lines.add(new Line("idle.no-receipts"));
      return lines;
    }

    @Override
    public List<Key> keys() {
      return Key.at(PLACES, offers);
    }
  }

  /// All languages, each under its own name.
  record Language(List<String> tags) implements Screen {
    private static final String PLACES = "FGHABCD";

    public static final int TAGS_MAX = PLACES.length();

    public Language {
      if (tags.size() > TAGS_MAX) {
        throw new IllegalArgumentException(tags.size() + " languages for seven keys");
      }
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      tags.forEach(tag -> keys.add(new Key(PLACES.charAt(keys.size()), new Choice.Language(tag))));
      keys.add(new Key('I', BACK));
      return keys;
    }
  }

  /// A card is on its way in.
  record ReadingCard() implements Screen {}

  /// What helps to read, to hear and to be in time; each key says what pressing it does.
  record Reading(Aids now) implements Screen {
    @Override
    public String name() {
      return "menu";
    }

    @Override
    public String words() {
      return "aids";
    }

    @Override
    public List<Key> keys() {
      return List.of(
          turn('A', Aid.LARGE),
          turn('B', Aid.CONTRAST),
          turn('C', Aid.CAPTIONS),
          turn('D', Aid.PATIENT),
          new Key('I', BACK));
    }

    private Key turn(char fdk, Aid aid) {
      return new Key(fdk, new Choice.Turn(aid, !now.has(aid)));
    }
  }

  /// @param offers the services of this machine, each with whether it can be had now
  /// @param again whether the customer has been served before in this visit
  record Menu(String holder, Map<Act, Boolean> offers, boolean again) implements Screen {
    private static final Map<Act, Character> PLACES =
        Map.of(
            Act.WITHDRAW, 'A',
            Act.DEPOSIT, 'B',
            Act.TRANSFER, 'C',
            Act.BALANCE, 'D',
            Act.CHANGE_PIN, 'F',
            Act.LANGUAGE, 'G',
            Act.AIDS, 'H');

    @Override
    public String words() {
      return again ? "menu.again" : "menu";
    }

    @Override
    public Map<String, Object> facts() {
      return again ? Map.of() : Map.of("holder", holder);
    }

    @Override
    public List<Line> lines() {
      // One line is all that eight keys leave room for; what else is missing shows at its key.
      return Stream.of(Act.WITHDRAW, Act.DEPOSIT)
          .filter(act -> !offers.getOrDefault(act, true))
          .map(act -> new Line("menu.no-" + act.id()))
          .limit(1)
          .toList();
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      for (Act act : Act.values()) {
        if (offers.containsKey(act)) keys.add(new Key(PLACES.get(act), act, offers.get(act)));
      }
      keys.add(new Key('I', CANCEL));
      return keys;
    }
  }

  /// @param language what it is printed in, where that is not what the customer reads
  record ReceiptChoice(Optional<String> language) implements Screen {
    @Override
    public List<Line> lines() {
      return language
          .map(name -> new Line("receipt-choice.language", Map.of("language", name)))
          .stream()
          .toList();
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('C', NO), new Key('D', YES), new Key('I', CANCEL));
    }
  }

  /// The machine works; the customer waits.
  record Processing(Work work) implements Screen {
    public enum Work {
      BANK,
      /// Notes are counted to be paid out.
      NOTES,
      RETRACT,
      CHECK,
      RECEIPT,
      /// Inserted notes are counted.
      COUNT,
      /// Counted notes go into the safe.
      STORE,
      /// Inserted notes come back to the slot.
      RETURN
    }

    @Override
    public String words() {
      return "processing." + Line.keyOf(work.name());
    }
  }

  /// The card is at the exit. `because` says why it comes, where it is not simply the end.
  record TakeCard(boolean cashFollows, Optional<Message> because, int seconds) implements Screen {
    @Override
    public String words() {
      return cashFollows
          ? "take-card.cash"
          : because.isPresent() ? "take-card.because" : "take-card";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("seconds", new Seconds(seconds));
    }

    @Override
    public List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      because.ifPresent(
          message -> {
            lines.add(new Line(message.words() + ".title"));
            lines.add(new Line(message.words() + ".body"));
            lines.addAll(message.lines());
            lines.add(new Line("take-card.body"));
          });
      return lines;
    }

    @Override
    public Severity severity() {
      return because.map(Message::severity).orElse(Severity.SUCCESS);
    }
  }

  record TakeReceipt() implements Screen {
    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }

  /// @param otherwise what happens without an answer
  record MoreTime(Otherwise otherwise, int seconds) implements Screen {
    public enum Otherwise {
      CARD_COMES_BACK,
      /// There is no card inside.
      VISIT_ENDS,
      /// Inserted notes come back.
      NOTES_COME_BACK
    }

    @Override
    public String words() {
      return switch (otherwise) {
        case CARD_COMES_BACK -> "more-time";
        case VISIT_ENDS -> "more-time.visit";
        case NOTES_COME_BACK -> "more-time.notes";
      };
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("seconds", new Seconds(seconds));
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', YES), new Key('I', CANCEL));
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /// @param reference of the transaction, where the customer should keep it
  record Message(Notice notice, Optional<Stan> reference) implements Screen {
    public Message(Notice notice) {
      this(notice, Optional.empty());
    }

    @Override
    public String words() {
      return "message." + notice.key();
    }

    @Override
    public List<Line> lines() {
      return reference.map(Line::reference).stream().toList();
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM));
    }

    @Override
    public Severity severity() {
      return notice.severity();
    }
  }

  record Goodbye() implements Screen {
    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }
}
