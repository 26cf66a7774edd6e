package atm.screen;

import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.BALANCE;
import static atm.screen.Choice.Act.CANCEL;
import static atm.screen.Choice.Act.CONFIRM;
import static atm.screen.Choice.Act.NO;
import static atm.screen.Choice.Act.OTHER_AMOUNT;
import static atm.screen.Choice.Act.PRINT;
import static atm.screen.Choice.Act.WITHDRAW;
import static atm.screen.Choice.Act.YES;

import atm.screen.ScreenModel.Severity;
import atm.value.Money;
import atm.value.Stan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a customer is shown, as data; `Texts` puts it into words. Function keys are `A`-`D` on the
/// right and `F`-`I` on the left, top to bottom: the way on is always at `D`, the way out at `I`.
public sealed interface Screen {
  /// The word of the screen contract.
  String name();

  /// Where its words stand in the catalogues; one screen may have several.
  default String words() {
    return name();
  }

  /// What the words speak of: `Money`, `Integer`, `String`, `Stan`, `Notes`.
  default Map<String, Object> facts() {
    return Map.of();
  }

  /// Catalogue keys of lines that are shown below the body only at times.
  default List<String> remarks() {
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
  }

  /// What is being typed.
  sealed interface Entry {
    record Pin(int count) implements Entry {}

    record Amount(Optional<Money> typed) implements Entry {}
  }

  /// How many of which note, to be shown in one line; a count of zero shows the kind alone.
  record Notes(SortedMap<Money, Integer> byNote) {
    public static Notes kinds(List<Money> notes) {
      SortedMap<Money, Integer> none = new TreeMap<>();
      notes.forEach(note -> none.put(note, 0));
      return new Notes(none);
    }
  }

  record Starting() implements Screen {
    @Override
    public String name() {
      return "starting";
    }
  }

  record OutOfService() implements Screen {
    @Override
    public String name() {
      return "out-of-service";
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  record Idle(boolean cash, boolean receipts) implements Screen {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public List<String> remarks() {
      List<String> remarks = new ArrayList<>();
      if (!cash) remarks.add("idle.no-cash");
      if (!receipts) remarks.add("idle.no-receipts");
      return remarks;
    }
  }

  /// @param triesLeft present after a wrong PIN
  /// @param languages the others one may read on in
  record Pin(int typed, Optional<Integer> triesLeft, List<String> languages) implements Screen {
    @Override
    public String name() {
      return "pin";
    }

    @Override
    public String words() {
      return triesLeft.isPresent() ? "pin.wrong" : "pin";
    }

    @Override
    public Map<String, Object> facts() {
      return triesLeft.<Map<String, Object>>map(left -> Map.of("count", left)).orElse(Map.of());
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      for (int i = 0; i < Math.min(3, languages.size()); i++) {
        keys.add(new Key((char) ('F' + i), new Choice.Language(languages.get(i))));
      }
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

  record Menu(String holder, boolean cash) implements Screen {
    @Override
    public String name() {
      return "menu";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("holder", holder);
    }

    @Override
    public List<String> remarks() {
      return cash ? List.of() : List.of("idle.no-cash");
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('A', WITHDRAW, cash), new Key('B', BALANCE), new Key('I', CANCEL));
    }
  }

  /// @param amounts at most six, each with whether it can be paid now
  record FastCash(SortedMap<Money, Boolean> amounts) implements Screen {
    private static final String PLACES = "FGHABC";

    public FastCash {
      if (amounts.size() > PLACES.length()) {
        throw new IllegalArgumentException(amounts.size() + " amounts for six keys");
      }
    }

    @Override
    public String name() {
      return "fast-cash";
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      amounts.forEach(
          (money, enabled) ->
              keys.add(new Key(PLACES.charAt(keys.size()), new Choice.Amount(money), enabled)));
      keys.add(new Key('D', OTHER_AMOUNT));
      keys.add(new Key('I', CANCEL));
      return keys;
    }
  }

  /// An amount being typed.
  record Amount(Optional<Money> typed, Notes notes) implements Screen {
    @Override
    public String name() {
      return "amount";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("notes", notes);
    }

    @Override
    public List<Key> keys() {
      return List.of(
          new Key('D', CONFIRM, typed.isPresent()), new Key('H', BACK), new Key('I', CANCEL));
    }

    @Override
    public Optional<Screen.Entry> entry() {
      return Optional.of(new Entry.Amount(typed));
    }
  }

  /// The notes in the machine do not make `asked`; the nearest that they make.
  record NotPayable(Money asked, Optional<Money> below, Optional<Money> above) implements Screen {
    @Override
    public String name() {
      return "amount";
    }

    @Override
    public String words() {
      return "amount.not-payable";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("asked", asked);
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      below.ifPresent(money -> keys.add(new Key('A', new Choice.Amount(money))));
      above.ifPresent(money -> keys.add(new Key('B', new Choice.Amount(money))));
      keys.add(new Key('D', OTHER_AMOUNT));
      keys.add(new Key('I', CANCEL));
      return keys;
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /// The bank says no to the amount.
  ///
  /// @param most what would be granted and can be paid; empty when nothing can
  record Declined(Why why, Optional<Money> most) implements Screen {
    public enum Why {
      BALANCE("balance"),
      WITHDRAWAL_LIMIT("withdrawal-limit"),
      DAILY_LIMIT("daily-limit");

      private final String key;

      Why(String key) {
        this.key = key;
      }
    }

    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "declined." + why.key + (most.isPresent() ? "" : ".nothing");
    }

    @Override
    public Map<String, Object> facts() {
      return most.<Map<String, Object>>map(money -> Map.of("most", money)).orElse(Map.of());
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      most.ifPresent(money -> keys.add(new Key('A', new Choice.Amount(money))));
      if (most.isPresent()) keys.add(new Key('D', OTHER_AMOUNT));
      keys.add(new Key('I', CANCEL));
      return keys;
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  record Confirm(Money amount, Notes notes) implements Screen {
    @Override
    public String name() {
      return "confirm";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount, "notes", notes);
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM), new Key('H', BACK), new Key('I', CANCEL));
    }
  }

  record ReceiptChoice() implements Screen {
    @Override
    public String name() {
      return "receipt-choice";
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('C', NO), new Key('D', YES), new Key('I', CANCEL));
    }
  }

  /// The machine works; the customer waits.
  record Processing(Work work) implements Screen {
    public enum Work {
      BANK("bank"),
      NOTES("notes"),
      RETRACT("retract"),
      CHECK("check"),
      RECEIPT("receipt");

      private final String key;

      Work(String key) {
        this.key = key;
      }
    }

    @Override
    public String name() {
      return "processing";
    }

    @Override
    public String words() {
      return "processing." + work.key;
    }
  }

  /// The card is at the exit. `because` says why it comes, where it is not simply the end.
  record TakeCard(boolean cashFollows, Optional<Message> because, int seconds) implements Screen {
    @Override
    public String name() {
      return "take-card";
    }

    @Override
    public String words() {
      return cashFollows
          ? "take-card.cash"
          : because.isPresent() ? "take-card.because" : "take-card";
    }

    @Override
    public Map<String, Object> facts() {
      Map<String, Object> facts = new HashMap<>(Map.of("count", seconds));
      because.ifPresent(message -> facts.putAll(message.facts()));
      return facts;
    }

    @Override
    public List<String> remarks() {
      List<String> remarks = new ArrayList<>();
      because.ifPresent(
          message -> {
            remarks.add(message.words() + ".title");
            remarks.add(message.words() + ".body");
            remarks.addAll(message.remarks());
            remarks.add("take-card.body");
          });
      return remarks;
    }

    @Override
    public Severity severity() {
      return because.map(Message::severity).orElse(Severity.SUCCESS);
    }
  }

  record TakeCash(Money amount, int seconds) implements Screen {
    @Override
    public String name() {
      return "take-cash";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount, "count", seconds);
    }

    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }

  record TakeReceipt() implements Screen {
    @Override
    public String name() {
      return "take-receipt";
    }

    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }

  record MoreTime() implements Screen {
    @Override
    public String name() {
      return "more-time";
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

  record Balance(Money booked, Money available, Money withdrawable, boolean cash, boolean receipts)
      implements Screen {
    @Override
    public String name() {
      return "balance";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("booked", booked, "available", available, "withdrawable", withdrawable);
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      if (receipts) keys.add(new Key('C', PRINT));
      if (cash) keys.add(new Key('D', WITHDRAW));
      keys.add(new Key('I', CANCEL));
      return keys;
    }
  }

  /// @param reference of the transaction, where the customer should keep it
  record Message(Notice notice, Optional<Stan> reference) implements Screen {
    public Message(Notice notice) {
      this(notice, Optional.empty());
    }

    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "message." + notice.key();
    }

    @Override
    public Map<String, Object> facts() {
      return reference.<Map<String, Object>>map(stan -> Map.of("reference", stan)).orElse(Map.of());
    }

    @Override
    public List<String> remarks() {
      return reference.isPresent() ? List.of("message.reference") : List.of();
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
    public String name() {
      return "goodbye";
    }

    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }
}
