package atm.screen;

import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.CANCEL;
import static atm.screen.Choice.Act.CONFIRM;
import static atm.screen.Choice.Act.GIVE_BACK;
import static atm.screen.Choice.Act.MORE_NOTES;
import static atm.screen.Choice.Act.OTHER_AMOUNT;

import atm.screen.ScreenModel.Severity;
import atm.value.Money;
import atm.value.Stan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The screens of a deposit, of notes that the machine counts and of an envelope that a person
/// counts.
public sealed interface DepositScreen extends Screen {
  /// The slot is open. Cancel ends the deposit, and what is inside already comes back.
  ///
  /// @param kinds the notes that are taken
  /// @param most so many at once
  /// @param again whether some are inside already
  record InsertCash(Notes kinds, int most, boolean again) implements DepositScreen {
    @Override
    public String words() {
      return again ? "insert-cash.again" : "insert-cash";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("kinds", kinds, "count", most);
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('I', CANCEL));
    }
  }

  /// What has been counted, to be confirmed or to be given back. Nothing is credited yet.
  ///
  /// @param refused notes of the last insertion that came back
  /// @param kept notes that stay in the machine as suspected counterfeits, and are not credited
  /// @param more whether more can be inserted; where not, the reason gives way to worse news
  record CountCash(SortedMap<Money, Integer> byNote, int refused, int kept, boolean more)
      implements DepositScreen {
    public CountCash {
      if (byNote.isEmpty()) throw new IllegalArgumentException("no notes were counted");
    }

    private Money total() {
      return byNote.entrySet().stream()
          .map(e -> e.getKey().times(e.getValue()))
          .reduce(Money::plus)
          .orElseThrow();
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", total());
    }

    @Override
    public List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      byNote.forEach(
          (note, count) ->
              lines.add(
                  new Line(
                      "count-cash.line",
                      Map.of("number", count, "note", note, "worth", note.times(count)))));
      if (refused > 0) lines.add(new Line("count-cash.refused", Map.of("count", refused)));
      if (kept > 0) lines.add(new Line("count-cash.kept", Map.of("count", kept)));
      if (!more && refused + kept == 0) lines.add(new Line("count-cash.full"));
      return lines;
    }

    @Override
    public List<Key> keys() {
      List<Key> keys = new ArrayList<>();
      if (more) keys.add(new Key('C', MORE_NOTES));
      keys.add(new Key('D', CONFIRM));
      keys.add(new Key('I', GIVE_BACK));
      return keys;
    }
  }

  /// Notes at the slot that were not paid out.
  record TakeBack(Why why, int seconds) implements DepositScreen {
    public enum Why {
      /// The machine does not take them: torn, dirty, foreign.
      REFUSED,
      /// The deposit ended.
      RETURNED
    }

    @Override
    public String name() {
      return "take-cash";
    }

    @Override
    public String words() {
      return "take-cash." + Line.keyOf(why.name());
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("seconds", new Seconds(seconds));
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  /// The notes are in the safe, and in the account.
  ///
  /// @param kept notes that stay in the machine as suspected counterfeits
  record Deposited(Money amount, Stan reference, int kept) implements DepositScreen {
    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "deposited";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount);
    }

    @Override
    public List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      if (kept > 0) lines.add(new Line("count-cash.kept", Map.of("count", kept)));
      lines.add(Line.reference(reference));
      return lines;
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM));
    }

    @Override
    public Severity severity() {
      return kept > 0 ? Severity.WARNING : Severity.SUCCESS;
    }
  }

  /// How much is in an envelope, being typed.
  record EnvelopeAmount(Optional<Money> typed) implements DepositScreen {
    @Override
    public String name() {
      return "amount";
    }

    @Override
    public String words() {
      return "amount.envelope";
    }

    @Override
    public List<Line> lines() {
      return new Entry.Amount(typed).lines();
    }

    @Override
    public List<Key> keys() {
      return List.of(
          new Key('D', CONFIRM, new Entry.Amount(typed).isWhole()),
          new Key('H', BACK),
          new Key('I', CANCEL));
    }

    @Override
    public Optional<Entry> entry() {
      return Optional.of(new Entry.Amount(typed));
    }
  }

  /// More than an envelope may be said to hold.
  record EnvelopeDeclined(Money most) implements DepositScreen {
    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "envelope-declined";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("most", most);
    }

    @Override
    public List<Key> keys() {
      return List.of(
          new Key('A', new Choice.Amount(most)), new Key('D', OTHER_AMOUNT), new Key('I', CANCEL));
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }
  }

  record ConfirmEnvelope(Money amount) implements DepositScreen {
    @Override
    public String name() {
      return "confirm";
    }

    @Override
    public String words() {
      return "confirm.envelope";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", amount);
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM), new Key('H', BACK), new Key('I', CANCEL));
    }
  }

  /// The customer puts the envelope into its slot and says so.
  record InsertEnvelope(Stan reference) implements DepositScreen {
    @Override
    public String name() {
      return "insert-cash";
    }

    @Override
    public String words() {
      return "insert-cash.envelope";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("reference", reference);
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM), new Key('I', CANCEL));
    }
  }

  /// The envelope is inside; its money is not in the account before a person has counted it.
  record EnvelopeDeposited(Money declared, Stan reference) implements DepositScreen {
    @Override
    public String name() {
      return "message";
    }

    @Override
    public String words() {
      return "deposited.envelope";
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("amount", declared);
    }

    @Override
    public List<Line> lines() {
      return List.of(Line.reference(reference));
    }

    @Override
    public List<Key> keys() {
      return List.of(new Key('D', CONFIRM));
    }

    @Override
    public Severity severity() {
      return Severity.SUCCESS;
    }
  }
}
