package sim.escpos;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import sim.escpos.EscPosStream.Act;
import sim.mechanics.MechanicalFault;
import sim.mechanics.SimReceiptPrinter;

/// What a printer has yet to do, one act after the other. An error stops it; when the cause is gone
/// it goes on, unless it was told to forget.
final class PrinterJobs {
  /// As a printer's receive buffer, in acts: four receipts of the longest kind.
  private static final int WAITING_MAX = 1000;

  /// One more than can be printed, so that it is refused; what comes after would be too.
  private static final int LINES_MAX = SimReceiptPrinter.LINES_MAX + 1;

  private final SimReceiptPrinter printer;
  private final Consumer<Act> others;
  private final Deque<Act> waiting = new ArrayDeque<>();
  private final List<String> lines = new ArrayList<>();
  private boolean running;
  private boolean stopped;

  /// @param others acts that are not the mechanics', in turn
  PrinterJobs(SimReceiptPrinter printer, Consumer<Act> others) {
    this.printer = printer;
    this.others = others;
  }

  void add(Act act) {
    if (waiting.size() < WAITING_MAX) waiting.add(act);
    next();
  }

  /// Something is printing or waits to be.
  boolean any() {
    return running || !waiting.isEmpty();
  }

  void forget() {
    waiting.clear();
    lines.clear();
    stopped = false;
  }

  /// The cause of an error may be gone.
  void goOn() {
    boolean ready =
        printer.powered()
            && !printer.dead()
            && !printer.jammed()
            && printer.paper() != SimReceiptPrinter.Paper.OUT;
    if (!stopped || !ready) return;
    stopped = false;
    next();
  }

  private void next() {
    while (!running && !stopped && !waiting.isEmpty()) {
      switch (waiting.peek()) {
        case Act.Cut _ -> cut();
        case Act.Present _ when !lines.isEmpty() -> cut();
        case Act act -> {
          waiting.remove();
          now(act);
        }
      }
    }
  }

  private void now(Act act) {
    switch (act) {
      case Act.Line line -> gather(line.text());
      case Act.Feed feed -> {
        for (int i = 0; i < feed.lines() && lines.size() < LINES_MAX; i++) gather("");
      }
      case Act.Initialise _ -> lines.clear();
      default -> others.accept(act);
    }
  }

  private void gather(String line) {
    if (lines.size() < LINES_MAX) lines.add(line);
  }

  /// Prints what was gathered and cuts; the act stays first until that is done.
  private void cut() {
    running = true;
    List<String> job = List.copyOf(lines);
    Future<Void> printed =
        printer.linesPending() > 0 || job.isEmpty() ? Future.succeededFuture() : printer.print(job);
    printed
        .compose(_ -> job.isEmpty() ? Future.succeededFuture() : printer.cutAndPresent())
        .onComplete(
            _ -> {
              running = false;
              lines.clear();
              Act done = waiting.poll();
              if (done instanceof Act.Present) others.accept(done);
              next();
            },
            failure -> {
              running = false;
              stopped = isFault(failure);
              // What cannot be printed at all is thrown away, as by a printer that is out of sync.
              if (!stopped) forget();
              goOn();
            });
  }

  private static boolean isFault(Throwable failure) {
    return failure instanceof MechanicalFault known
        && switch (known.kind()) {
          case PAPER_OUT, JAM, DEAD -> true;
          default -> false;
        };
  }
}
