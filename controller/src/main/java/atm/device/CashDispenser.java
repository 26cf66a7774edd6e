package atm.device;

import atm.value.Counts;
import atm.value.DispenseToken;
import atm.value.Mix;
import atm.value.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cash dispenser. Notes go from the cassettes to the stacker (`dispense`), from there to the
/// customer (`present`) or to the reject bin (`reject`), and left notes to the retract bin
/// (`retract`). A dispense is never repeated and, once begun, never cancelled.
public non-sealed interface CashDispenser extends Device {
  Capabilities capabilities();

  /// What the device says is in its cassettes and bins, asked now.
  Future<List<CashUnit>> cashUnits();

  /// A fresh value the device wants in the next token; empty for a device that checks none.
  Future<Optional<String>> commandNonce();

  Future<DispenseOutcome> dispense(Mix mix, DispenseToken token);

  Future<PresentOutcome> present();

  /// Waits until the notes at the slot are taken, for `within`.
  Future<TakeOutcome> taken(Duration within);

  Future<RetractOutcome> retract();

  /// Puts what is on the stacker or in the transport into the reject bin.
  Future<RejectOutcome> reject();

  /// What became of the last dispense, as the device remembers it over power cycles. `nonce` is
  /// the caller's own, to be found again in a signed answer.
  Future<LastDispense> lastDispense(String nonce);

  /// @param stacker notes gather inside before they are presented; without one, dispensed is
  /// presented
  /// @param retract left notes can be taken back in
  /// @param takenSensor the device tells when the notes are taken
  /// @param signsAnswers `lastDispense` carries a token of the device's own
  /// @param counters it knows how many notes are in its cassettes; of a device that does not,
  /// `CashUnit.count` says nothing
  record Capabilities(
      boolean stacker,
      boolean retract,
      boolean takenSensor,
      boolean signsAnswers,
      boolean counters,
      int maxNotes) {}

  /// One cassette or bin.
  ///
  /// @param id as in `devices.yaml`; the bins are `REJECT` and `RETRACT`
  /// @param note the one denomination of a cassette; empty for a bin
  /// @param initial notes at the last replenishment
  /// @param count notes in it now by the device's own count; for a bin, what it could count
  record CashUnit(String id, Kind kind, Optional<Money> note, int initial, int count, State state) {
    public enum Kind {
      CASSETTE,
      REJECT,
      RETRACT
    }

    public enum State {
      OK,
      LOW,
      EMPTY,
      MISSING,
      INOPERATIVE
    }
  }

  /// What became of the notes of a dispense.
  sealed interface DispenseOutcome {
    /// All that was asked for is on the stacker or, without one, presented; `rejected` left their
    /// cassettes too, for the reject bin (double notes, torn ones).
    record Stacked(Counts stacked, Counts rejected) implements DispenseOutcome {}

    /// The device stopped; `inside` have left their cassettes and lie on the stacker or in the
    /// transport, `rejected` in the reject bin. Nothing is with the customer.
    record Incomplete(Counts inside, Counts rejected, Fault why) implements DispenseOutcome {}

    /// A device without a stacker stopped short: `presented`, less than asked, are with the
    /// customer, `rejected` in the reject bin. The customer pays for these; a device whose trouble
    /// makes it doubt its own count answers `Unknown`.
    record Short(Counts presented, Counts rejected, Fault why) implements DispenseOutcome {}

    /// The device refused before anything moved.
    record Refused(Fault why) implements DispenseOutcome {}

    record Unknown(Fault why) implements DispenseOutcome {}
  }

  sealed interface PresentOutcome {
    record Presented() implements PresentOutcome {}

    /// The notes are still inside.
    record NotPresented(Fault why) implements PresentOutcome {}

    record Unknown(Fault why) implements PresentOutcome {}
  }

  sealed interface TakeOutcome {
    record Taken() implements TakeOutcome {}

    record Left() implements TakeOutcome {}

    record Unknown(Fault why) implements TakeOutcome {}
  }

  sealed interface RetractOutcome {
    /// `counted` by denomination, where the device counts what it takes back.
    record Retracted(Optional<Map<Money, Integer>> counted) implements RetractOutcome {}

    /// The customer took them meanwhile.
    record Taken() implements RetractOutcome {}

    record Unknown(Fault why) implements RetractOutcome {}
  }

  sealed interface RejectOutcome {
    record Rejected() implements RejectOutcome {}

    /// There was nothing to reject.
    record NothingThere() implements RejectOutcome {}

    /// The device could not move them; they are where they were.
    record StillInside(Fault why) implements RejectOutcome {}

    record Unknown(Fault why) implements RejectOutcome {}
  }

  /// The device's memory of its last dispense.
  ///
  /// @param state whether those notes were ever within the customer's reach; a device that neither
  /// counts its cassettes nor signs says `PRESENTED` only of the order that `commandNonce` was last
  /// asked for
  /// @param rejected what it put into its reject bin meanwhile, where it remembers that
  /// @param slotEmpty whether the slot is empty now; empty when the device cannot tell
  /// @param notesInside notes lie on the stacker or in the transport
  /// @param token the device's signed answer, where it signs
  record LastDispense(
      State state,
      Counts counts,
      Counts rejected,
      Optional<Boolean> slotEmpty,
      boolean notesInside,
      Optional<String> token) {
    /// Of a device that does not remember what it rejected.
    public LastDispense(
        State state,
        Counts counts,
        Optional<Boolean> slotEmpty,
        boolean notesInside,
        Optional<String> token) {
      this(state, counts, Counts.NONE, slotEmpty, notesInside, token);
    }

    public enum State {
      NOT_PRESENTED,
      PRESENTED,
      UNKNOWN
    }
  }
}
