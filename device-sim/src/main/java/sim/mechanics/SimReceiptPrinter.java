package sim.mechanics;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sim.mechanics.MechanicalFault.Kind;

/// A receipt printer with a cutter and a slot. Paper is counted in lines; what hangs in the slot
/// stays there until a hand takes it, it is retracted, or the next receipt pushes it out.
public final class SimReceiptPrinter extends SimDevice {
  static final Duration PRINT_LINE = Duration.ofMillis(60);
  static final Duration CUT = Duration.ofMillis(300);
  static final Duration EJECT = Duration.ofMillis(400);
  static final Duration RETRACT = Duration.ofMillis(600);

  /// Lines on a new roll: 80 m at 4.25 mm.
  public static final int ROLL = 18_800;

  private static final int LINE_MICROMETRES = 4250;
  private static final int CM_MICROMETRES = 10_000;

  /// From here down the paper is low: two metres.
  public static final int LOW = 470;

  /// Lines of one receipt, at most: a metre, so that no job can unroll the paper.
  public static final int LINES_MAX = 235;

  public enum Paper {
    FULL,
    LOW,
    OUT
  }

  private static final List<Faults.Kind> KINDS =
      List.of(
          new Faults.Kind("paper-low", "Paper low"),
          new Faults.Kind("paper-out", "Paper out"),
          new Faults.Kind("jam", "Paper jams"),
          new Faults.Kind("dead", "Hardware error"));

  private final StateFile file;
  private int linesLeft = ROLL;
  private int taken;
  private int retracted;
  private int linesPrinted;
  private int powerUps;
  private boolean jammed;
  private List<String> slot;
  private Paper toldPaper;

  /// Lines under the head, not cut yet. Gone with the power, like all memory.
  private final List<String> printing = new ArrayList<>();

  public SimReceiptPrinter(Pace pace, StateFile file) {
    this(pace, file, List.of());
  }

  /// @param more faults that a protocol brings
  public SimReceiptPrinter(Pace pace, StateFile file, List<Faults.Kind> more) {
    super("receipt-printer", pace, Stream.concat(KINDS.stream(), more.stream()).toList());
    this.file = file;
    file.read().ifPresent(this::restore);
    powerUps++;
    toldPaper = paper();
  }

  // State.

  public Paper paper() {
    if (linesLeft == 0 || faults.holds("paper-out")) {
      return Paper.OUT;
    }
    return linesLeft <= LOW || faults.holds("paper-low") ? Paper.LOW : Paper.FULL;
  }

  public boolean jammed() {
    return jammed || faults.holds("jam");
  }

  /// The receipt hanging in the slot.
  public Optional<List<String>> slot() {
    return Optional.ofNullable(slot);
  }

  /// Lines printed and not cut yet.
  public int linesPending() {
    return printing.size();
  }

  /// Receipts taken by customers.
  public int taken() {
    return taken;
  }

  /// Receipts in the retract bin.
  public int retracted() {
    return retracted;
  }

  /// Paper on the roll.
  public int centimetresLeft() {
    return paper() == Paper.OUT ? 0 : centimetres(linesLeft);
  }

  /// Paper printed, of all rolls.
  public int centimetresPrinted() {
    return centimetres(linesPrinted);
  }

  /// Receipts cut.
  public int cuts() {
    return taken + retracted + (slot == null ? 0 : 1);
  }

  /// How often it started.
  public int powerUps() {
    return powerUps;
  }

  private static int centimetres(int lines) {
    return (int) ((long) lines * LINE_MICROMETRES / CM_MICROMETRES);
  }

  // What a wire asks for.

  /// Prints the lines after those already under the head.
  public Future<Void> print(List<String> lines) {
    List<String> job = List.copyOf(lines);
    return act(
        "printing",
        () -> {
          if (printing.size() + job.size() > LINES_MAX) {
            return fail(Kind.TOO_MANY_ITEMS, "a receipt of more than " + LINES_MAX + " lines");
          }
          return checkPaper()
              .compose(_ -> move(PRINT_LINE.multipliedBy(job.size())))
              .compose(_ -> checkPaper())
              .map(
                  _ -> {
                    printing.addAll(job);
                    linesPrinted += job.size();
                    linesLeft = Math.max(0, linesLeft - job.size());
                    return told();
                  });
        });
  }

  /// Cuts what was printed and pushes it out of the slot; a receipt still hanging there falls.
  public Future<Void> cutAndPresent() {
    return act(
        "presenting",
        () -> {
          if (printing.isEmpty()) {
            return fail(Kind.NO_MEDIA, "nothing printed to cut");
          }
          if (jammed()) {
            return fail(Kind.JAM, "paper is stuck");
          }
          return move(CUT.plus(EJECT))
              .map(
                  _ -> {
                    if (slot != null) {
                      gone();
                    }
                    slot = List.copyOf(printing);
                    printing.clear();
                    told();
                    tell(new DeviceEvent.ReceiptPresented());
                    return null;
                  });
        });
  }

  /// Pulls the receipt in the slot back into the bin.
  public Future<Void> retract() {
    return act(
        "retracting",
        () ->
            slot == null
                ? fail(Kind.NO_MEDIA, "no receipt in the slot")
                : move(RETRACT)
                    .map(
                        _ -> {
                          if (slot == null) {
                            throw fault(Kind.NO_MEDIA, "the receipt was taken first");
                          }
                          slot = null;
                          retracted++;
                          return told();
                        }));
  }

  /// Throws away what is under the head and frees a jam, if the cause of it is gone.
  public Future<Void> reset() {
    return act(
        "resetting",
        () ->
            move(CUT)
                .compose(
                    _ -> {
                      if (faults.holds("jam")) {
                        return fail(Kind.JAM, "paper is stuck");
                      }
                      jammed = false;
                      printing.clear();
                      return Future.succeededFuture(told());
                    }));
  }

  // What hands do.

  public void take() {
    if (slot == null) {
      throw new ImpossibleAct("receipt-printer: no receipt in the slot");
    }
    gone();
  }

  public void refill() {
    linesLeft = ROLL;
    faults.clear("paper-low");
    faults.clear("paper-out");
    told();
  }

  // How.

  private Future<Void> checkPaper() {
    if (jammed()) {
      return fail(Kind.JAM, "paper is stuck");
    }
    if (faults.strikes("jam")) {
      jammed = true;
      told();
      return fail(Kind.JAM, "the paper jammed");
    }
    return linesLeft == 0 || faults.strikes("paper-out")
        ? fail(Kind.PAPER_OUT, "no paper")
        : Future.succeededFuture();
  }

  private void gone() {
    slot = null;
    taken++;
    told();
    tell(new DeviceEvent.ReceiptTaken());
  }

  /// Writes down what happened, then lets it be known.
  private Void told() {
    file.write(
        new JsonObject()
            .put("linesLeft", linesLeft)
            .put("taken", taken)
            .put("retracted", retracted)
            .put("linesPrinted", linesPrinted)
            .put("powerUps", powerUps)
            .put("jammed", jammed)
            .put("slot", slot));
    paperChanged();
    changed();
    return null;
  }

  private void paperChanged() {
    if (toldPaper != paper()) {
      toldPaper = paper();
      tell(new DeviceEvent.PaperChanged(toldPaper));
    }
  }

  @Override
  void memoryLost() {
    printing.clear();
  }

  @Override
  void powerBack() {
    powerUps++;
    told();
  }

  @Override
  void faultChanged(String kind) {
    paperChanged();
  }

  private void restore(JsonObject state) {
    try {
      linesLeft = state.getInteger("linesLeft");
      taken = state.getInteger("taken");
      retracted = state.getInteger("retracted");
      linesPrinted = state.getInteger("linesPrinted", 0);
      powerUps = state.getInteger("powerUps", 0);
      jammed = state.getBoolean("jammed");
      slot =
          state.getJsonArray("slot") == null
              ? null
              : state.getJsonArray("slot").stream().map(String.class::cast).toList();
    } catch (RuntimeException e) {
      throw file.broken(e.toString());
    }
  }
}
