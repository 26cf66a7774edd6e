package atm.device;

import atm.value.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A cash acceptor. Within one transaction (`begin`) notes go from the slot to the escrow
/// (`insert`, as often as wanted), and from there either to the bins (`store`) or back to the
/// customer (`giveBack`); what is left behind goes to the retract bin (`retract`). Each of the
/// three ends the transaction. A movement is never repeated: after a lost answer `lastCashIn`
/// tells what the device did.
public non-sealed interface CashAcceptor extends Device {
  Capabilities capabilities();

  /// What the device says is in its bins, asked now.
  Future<List<CashUnit>> cashUnits();

  /// Begins a transaction; nothing moves. Fails with `SEQUENCE` when one is under way, or notes of
  /// an earlier one are still inside or at the slot.
  Future<Void> begin();

  /// Opens the slot for one bunch (or one note) and takes in what is put there. Ends when the
  /// device has looked at all of it, when nothing was put in `within` (`Duration.ZERO`: waits
  /// without end), or at `cancel`; the last two answer `Nothing`.
  ///
  /// @param slotOpen called once notes can be put in
  Future<InsertOutcome> insert(Duration within, Runnable slotOpen);

  /// Ends an `insert` that still waits for notes; notes on their way in are counted to the end,
  /// and what is in the escrow stays there. Nothing running is fine.
  Future<Void> cancel();

  /// Moves the escrow into the bins. Never sent a second time.
  Future<StoreOutcome> store();

  /// Moves the escrow to the slot, where the customer can take it; refused notes must be gone from
  /// there.
  Future<ReturnOutcome> giveBack();

  /// Waits until the notes at the slot, refused or given back, are taken, for `within`.
  Future<TakeOutcome> taken(Duration within);

  /// Takes what lies at the slot or in the escrow into the retract bin.
  Future<RetractOutcome> retract();

  /// What became of the last transaction, as the device remembers it over power cycles. A device
  /// numbers no transactions: before the first `begin` answers, this is still the one before.
  Future<CashInStatus> lastCashIn();

  /// @param maxNotes how many notes the escrow holds
  /// @param escrow notes can be given back before they are stored; without one, inserted is stored
  /// @param returnsToSlot notes are given back, and refused, at the slot itself
  /// @param takenSensor the device tells when the notes at the slot are taken
  /// @param retract notes left at the slot can be taken back in; without it `retract` can only take
  /// in what lies in the escrow
  /// @param countsBins the device counts its bins by denomination; without it only the books do
  record Capabilities(
      int maxNotes,
      boolean escrow,
      boolean returnsToSlot,
      boolean takenSensor,
      boolean retract,
      boolean countsBins) {}

  /// One bin.
  ///
  /// @param id as in `devices.yaml`; the others are `RETRACT` and `SUSPECT`
  /// @param notes what is in it by the device's own count; empty for a device that has none
  /// @param count how many notes that are, with those of no known denomination
  /// @param capacity how many it takes; 0 when the device does not say
  record CashUnit(
      String id, Kind kind, Map<Money, Integer> notes, int count, int capacity, State state) {
    public enum Kind {
      BIN,
      RETRACT,
      /// Keeps suspected counterfeits.
      SUSPECT
    }

    public enum State {
      OK,
      /// Nearly full.
      HIGH,
      FULL,
      MISSING,
      INOPERATIVE
    }

    public CashUnit {
      notes = checked(notes);
    }
  }

  /// What became of one bunch. Where `refused` is above zero, that many notes lie at the slot for
  /// the customer to take: `taken`, and `retract` when they are left.
  sealed interface InsertOutcome {
    /// Some notes were kept.
    ///
    /// @param accepted in the escrow now, from this bunch alone
    /// @param suspect suspected counterfeits, kept for good: never given back, never credited
    record Inserted(Map<Money, Integer> accepted, Map<Money, Integer> suspect, int refused)
        implements InsertOutcome {
      public Inserted {
        accepted = checked(accepted);
        suspect = checked(suspect);
      }
    }

    /// No note was kept.
    record Nothing(int refused) implements InsertOutcome {}

    /// The device stopped. What it took before is in the escrow, as `lastCashIn` counts it; the
    /// note it stopped at may stick in the transport.
    record Failed(Fault why) implements InsertOutcome {}

    /// The answer is lost, or contradicts the device's own memory; as with every `Unknown` here,
    /// ask `lastCashIn` when the device is back.
    record Unknown(Fault why) implements InsertOutcome {}
  }

  sealed interface StoreOutcome {
    /// All of the escrow is in the bins, by the device's own count; empty when there was nothing.
    record Stored(Map<Money, Integer> notes) implements StoreOutcome {
      public Stored {
        notes = checked(notes);
      }
    }

    /// Nothing moved; the notes can still be given back.
    record StillInEscrow(Fault why) implements StoreOutcome {}

    /// Some, all or none were moved.
    record Unknown(Fault why) implements StoreOutcome {}
  }

  sealed interface ReturnOutcome {
    /// All of the escrow is at the slot, within the customer's reach.
    record Returned() implements ReturnOutcome {}

    /// The escrow was empty.
    record NothingThere() implements ReturnOutcome {}

    /// No note came within the customer's reach.
    record StillInEscrow(Fault why) implements ReturnOutcome {}

    record Unknown(Fault why) implements ReturnOutcome {}
  }

  sealed interface TakeOutcome {
    record Taken() implements TakeOutcome {}

    record Left() implements TakeOutcome {}

    record Unknown(Fault why) implements TakeOutcome {}
  }

  sealed interface RetractOutcome {
    /// `counted` by denomination, where the device counts what it takes back.
    record Retracted(Optional<Map<Money, Integer>> counted) implements RetractOutcome {
      public Retracted {
        counted = counted.map(CashAcceptor::checked);
      }
    }

    /// The customer took them meanwhile.
    record Taken() implements RetractOutcome {}

    /// There was nothing at the slot or in the escrow.
    record NothingThere() implements RetractOutcome {}

    record Unknown(Fault why) implements RetractOutcome {}
  }

  /// The device's memory of its last transaction.
  ///
  /// @param notes what was accepted into the escrow, over all of the transaction's bunches
  /// @param suspect what was kept as suspected counterfeit meanwhile
  /// @param refused how many notes were refused
  /// @param slotEmpty whether the slot is empty now; empty when the device cannot tell
  /// @param notesInside notes lie in the escrow or in the transport
  record CashInStatus(
      State state,
      Map<Money, Integer> notes,
      Map<Money, Integer> suspect,
      int refused,
      Optional<Boolean> slotEmpty,
      boolean notesInside) {
    public enum State {
      /// There never was one, or nothing was put in.
      NONE,
      /// Begun, and neither stored nor given back: what was accepted is in the escrow.
      ACTIVE,
      STORED,
      RETURNED,
      RETRACTED,
      /// Ended by a reset, which took what was still inside to the retract bin.
      RESET,
      /// The device does not know, or not for sure, where the notes are.
      UNKNOWN
    }

    public CashInStatus {
      notes = checked(notes);
      suspect = checked(suspect);
    }
  }

  /// Leaves zeros out, so that equal contents are equal values; refuses negative counts.
  private static Map<Money, Integer> checked(Map<Money, Integer> notes) {
    Map<Money, Integer> kept = new TreeMap<>();
    notes.forEach(
        (note, count) -> {
          if (count < 0) throw new IllegalArgumentException(count + " notes of " + note);
          if (count > 0) kept.put(note, count);
        });
    return Map.copyOf(kept);
  }
}
