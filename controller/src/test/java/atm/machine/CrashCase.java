package atm.machine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One case of the crash matrix: what a customer does, at which point the controller dies, what
/// becomes of the device until the controller is back; and, in some, which act of the operator
/// after it is hit by a second crash.
///
/// @param point an event's kind, such as `withdrawal.STACKED`, or a device's act
record CrashCase(
    Story story, String point, Moment moment, Answer answer, String operator, Moment second) {
  enum Moment {
    /// The step's commit has been written, and not synced: it is lost.
    UNSYNCED,
    /// The step is on disk, and nobody was told.
    SYNCED,
    /// The device has done the act; its reply came, and nobody has heard it.
    DONE,
    /// The device has begun the act, and goes on alone.
    BEGUN,
    /// The device has begun, and loses its power too: before anything has moved, or some ticks on.
    CUT,
    CUT_LATER,
    NEVER
  }

  enum Kind {
    WITHDRAWAL,
    DEPOSIT,
    ENVELOPE,
    TRANSFER,
    PIN
  }

  enum Story {
    PAID(Kind.WITHDRAWAL),
    CARD_LEFT(Kind.WITHDRAWAL),
    CASH_LEFT(Kind.WITHDRAWAL),
    JAMMED(Kind.WITHDRAWAL),
    SHUTTER_JAMMED(Kind.WITHDRAWAL),
    DOUBLE_NOTE(Kind.WITHDRAWAL),
    SENSOR_BROKEN(Kind.WITHDRAWAL),
    STORED(Kind.DEPOSIT),
    GIVEN_BACK(Kind.DEPOSIT),
    LEFT_AGAIN(Kind.DEPOSIT),
    NOTHING_PUT_IN(Kind.DEPOSIT),
    COUNTERFEIT(Kind.DEPOSIT),
    STORE_JAMMED(Kind.DEPOSIT),
    ENVELOPE(Kind.ENVELOPE),
    TRANSFER(Kind.TRANSFER),
    NEW_PIN(Kind.PIN);

    final Kind kind;

    Story(Kind kind) {
      this.kind = kind;
    }
  }

  /// What the device is found as.
  enum Answer {
    AS_IT_IS(true),
    RESTARTED(true),
    POWER_CUT(true),
    OFFLINE_THEN_BACK(true),
    TAKEN_WHILE_DOWN(true),
    TAKEN_AFTER_RESTART(true),
    TAKEN_WITHOUT_POWER(true),
    REPLY_LOST(false),
    SENSOR_FAILS(false),
    JAM(false),
    RETRACT_JAM(false),
    DEAD(false),
    COUNTERS_MOVED(false),
    RESET_BY_HAND(false),
    MEMORY_GONE(false),
    ESCROW_STUCK(false),
    STORE_JAM(false),
    BIN_MISSING(false);

    /// Nothing is broken: what happened can be known, and has to be settled without a person.
    final boolean sound;

    Answer(boolean sound) {
      this.sound = sound;
    }
  }

  private static final Set<Answer> AT_SLOT =
      EnumSet.of(Answer.TAKEN_WHILE_DOWN, Answer.TAKEN_AFTER_RESTART, Answer.TAKEN_WITHOUT_POWER);
  private static final Set<Answer> DISPENSER =
      EnumSet.of(
          Answer.AS_IT_IS,
          Answer.RESTARTED,
          Answer.POWER_CUT,
          Answer.OFFLINE_THEN_BACK,
          Answer.REPLY_LOST,
          Answer.SENSOR_FAILS,
          Answer.JAM,
          Answer.RETRACT_JAM,
          Answer.DEAD,
          Answer.COUNTERS_MOVED,
          Answer.RESET_BY_HAND,
          Answer.MEMORY_GONE);
  private static final Set<Answer> ACCEPTOR =
      EnumSet.of(
          Answer.AS_IT_IS,
          Answer.RESTARTED,
          Answer.POWER_CUT,
          Answer.OFFLINE_THEN_BACK,
          Answer.REPLY_LOST,
          Answer.SENSOR_FAILS,
          Answer.ESCROW_STUCK,
          Answer.STORE_JAM,
          Answer.RETRACT_JAM,
          Answer.DEAD,
          Answer.RESET_BY_HAND,
          Answer.BIN_MISSING);
  private static final Set<Answer> NO_DEVICE =
      EnumSet.of(Answer.AS_IT_IS, Answer.RESTARTED, Answer.OFFLINE_THEN_BACK);

  private static final List<Moment> STEP = List.of(Moment.UNSYNCED, Moment.SYNCED);
  private static final List<Moment> ACT =
      List.of(Moment.DONE, Moment.BEGUN, Moment.CUT, Moment.CUT_LATER);

  /// All of them, in an order that never changes.
  static List<CrashCase> all() {
    List<CrashCase> all = new ArrayList<>();
    for (String step :
        List.of("APPROVED", "DISPENSE_INTENT", "STACKED", "PRESENT_INTENT", "PRESENTED", "DONE")) {
      add(all, Story.PAID, "withdrawal." + step, STEP);
    }
    add(all, Story.PAID, "cash-dispenser.dispense", ACT);
    add(all, Story.PAID, "cash-dispenser.present", ACT);
    add(all, Story.PAID, "cash-dispenser.taken", List.of(Moment.DONE));
    add(all, Story.CASH_LEFT, "withdrawal.RETRACT_INTENT", STEP);
    add(all, Story.CASH_LEFT, "cash-dispenser.retract", ACT);
    add(all, Story.CASH_LEFT, "withdrawal.RETRACTED", STEP);
    add(all, Story.JAMMED, "cash-dispenser.dispense", List.of(Moment.DONE));
    for (Story failed : List.of(Story.JAMMED, Story.SHUTTER_JAMMED, Story.CARD_LEFT)) {
      add(all, failed, "withdrawal.REVERSING", STEP);
      add(all, failed, "cash-dispenser.reject", ACT);
      add(all, failed, "withdrawal.REVERSED", STEP);
    }
    add(all, Story.SHUTTER_JAMMED, "cash-dispenser.present", List.of(Moment.DONE));
    add(all, Story.DOUBLE_NOTE, "cash-dispenser.dispense", List.of(Moment.DONE));
    add(all, Story.DOUBLE_NOTE, "withdrawal.STACKED", STEP);
    add(all, Story.SENSOR_BROKEN, "withdrawal.SUSPECT", STEP);
    for (String step : List.of("OPENED", "COUNTED", "STORE_INTENT", "STORED")) {
      add(all, Story.STORED, "deposit." + step, STEP);
    }
    add(all, Story.STORED, "cash-acceptor.begin", List.of(Moment.DONE, Moment.BEGUN));
    add(all, Story.STORED, "cash-acceptor.insert", List.of(Moment.DONE, Moment.BEGUN));
    add(all, Story.STORED, "cash-acceptor.store", ACT);
    add(all, Story.GIVEN_BACK, "deposit.RETURN_INTENT", STEP);
    add(all, Story.GIVEN_BACK, "cash-acceptor.giveBack", ACT);
    add(all, Story.GIVEN_BACK, "cash-acceptor.taken", List.of(Moment.DONE));
    add(all, Story.GIVEN_BACK, "deposit.RETURNED", STEP);
    add(all, Story.LEFT_AGAIN, "deposit.RETRACT_INTENT", STEP);
    add(all, Story.LEFT_AGAIN, "cash-acceptor.retract", ACT);
    add(all, Story.LEFT_AGAIN, "deposit.RETRACTED", STEP);
    add(all, Story.NOTHING_PUT_IN, "deposit.VOID", STEP);
    add(all, Story.COUNTERFEIT, "deposit.COUNTED", STEP);
    add(all, Story.COUNTERFEIT, "deposit.STORED", STEP);
    add(all, Story.STORE_JAMMED, "cash-acceptor.store", List.of(Moment.DONE));
    add(all, Story.STORE_JAMMED, "deposit.SUSPECT", STEP);
    add(all, Story.ENVELOPE, "envelope.UNCLEARED", STEP);
    add(all, Story.TRANSFER, "transfer.DONE", STEP);
    add(all, Story.NEW_PIN, "card.pin-changed", STEP);
    operators(all);
    return List.copyOf(all);
  }

  private static void add(List<CrashCase> all, Story story, String point, List<Moment> moments) {
    for (Moment moment : moments) {
      Set<Answer> answers =
          EnumSet.copyOf(
              switch (story.kind) {
                case WITHDRAWAL -> DISPENSER;
                case DEPOSIT -> ACCEPTOR;
                case ENVELOPE, TRANSFER, PIN -> NO_DEVICE;
              });
      if (notesAtSlot(story, point, moment)) answers.addAll(AT_SLOT);
      for (Answer answer : answers) {
        all.add(new CrashCase(story, point, moment, answer, "", Moment.NEVER));
      }
    }
  }

  private static boolean notesAtSlot(Story story, String point, Moment moment) {
    boolean cut = moment == Moment.CUT || moment == Moment.CUT_LATER;
    return switch (point) {
      case "withdrawal.PRESENTED", "withdrawal.RETRACT_INTENT", "deposit.RETRACT_INTENT" -> true;
      case "cash-acceptor.giveBack" -> !cut;
      case "cash-dispenser.present" -> !cut && story == Story.PAID;
      default -> false;
    };
  }

  /// What a person counts after each way it can end, and the crash in the midst of that.
  private static void operators(List<CrashCase> all) {
    record After(Story story, String point, Answer answer, List<String> acts) {}
    for (After after :
        List.of(
            new After(
                Story.DOUBLE_NOTE,
                "withdrawal.DONE",
                Answer.AS_IT_IS,
                List.of("empty-bin REJECT", "exchange-cassette C1", "exchange-cassette C3")),
            new After(
                Story.CASH_LEFT,
                "withdrawal.RETRACTED",
                Answer.AS_IT_IS,
                List.of("settle-suspense", "empty-bin RETRACT")),
            new After(
                Story.SENSOR_BROKEN,
                "withdrawal.SUSPECT",
                Answer.AS_IT_IS,
                List.of("settle-withdrawal")),
            new After(
                Story.STORED, "deposit.STORED", Answer.AS_IT_IS, List.of("empty-bin DEPOSIT")),
            new After(
                Story.LEFT_AGAIN,
                "deposit.RETRACTED",
                Answer.AS_IT_IS,
                List.of("settle-suspense", "empty-bin DEPOSIT_RETRACT")),
            new After(
                Story.COUNTERFEIT,
                "deposit.STORED",
                Answer.AS_IT_IS,
                List.of("empty-bin COUNTERFEIT")),
            new After(
                Story.STORE_JAMMED, "deposit.SUSPECT", Answer.AS_IT_IS, List.of("settle-deposit")),
            new After(
                Story.ENVELOPE,
                "envelope.UNCLEARED",
                Answer.AS_IT_IS,
                List.of("count-envelope")))) {
      for (String act : after.acts()) {
        for (Moment second : STEP) {
          all.add(
              new CrashCase(
                  after.story(), after.point(), Moment.SYNCED, after.answer(), act, second));
        }
      }
    }
  }

  /// The durable step it is about; an act of a device belongs to the intent before it.
  String step() {
    if (!operator.isEmpty()) return operator.startsWith("settle") ? "settled" : "counted";
    return switch (point) {
      case "cash-dispenser.dispense" -> "withdrawal.DISPENSE_INTENT";
      case "cash-dispenser.present" -> "withdrawal.PRESENT_INTENT";
      case "cash-dispenser.taken" -> "withdrawal.PRESENTED";
      case "cash-dispenser.retract" -> "withdrawal.RETRACT_INTENT";
      case "cash-dispenser.reject" -> "withdrawal.REVERSING";
      case "cash-acceptor.begin", "cash-acceptor.insert" -> "deposit.OPENED";
      case "cash-acceptor.store" -> "deposit.STORE_INTENT";
      case "cash-acceptor.giveBack", "cash-acceptor.taken" -> "deposit.RETURN_INTENT";
      case "cash-acceptor.retract" -> "deposit.RETRACT_INTENT";
      default -> point;
    };
  }

  String name() {
    String name = story + "/" + point + "/" + moment + "/" + answer;
    String then = operator.isEmpty() ? "" : "/" + operator.replace(' ', '_') + "/" + second;
    return (name + then).toLowerCase(Locale.ROOT);
  }

  /// The device that is asked afterwards.
  String device() {
    return story.kind == Kind.DEPOSIT ? "cash-acceptor" : "cash-dispenser";
  }

  Map<String, Integer> hurriesAtFirst() {
    return switch (story) {
      case CARD_LEFT -> Map.of("take-card", 1);
      case CASH_LEFT, LEFT_AGAIN -> Map.of("take-cash", 1);
      default -> Map.of();
    };
  }

  Map<String, Integer> hurriesThen() {
    return answer == Answer.TAKEN_AFTER_RESTART ? Map.of() : Map.of("take-cash", 1);
  }
}
