package atm.session;

import static atm.session.StoryAtm.ALICE;

import atm.bench.Rates;
import atm.bench.Row;
import atm.ledger.LedgerBench;
import atm.ledger.LedgerWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whole visits for 10 EUR: card, PIN, amount, card back, notes. Real session, bank and books; the
/// devices are fakes that take no time, and so is the customer.
public final class VisitBench {
  private static final int TURNS = 5;
  // The account of Alice bears no more than 1,000 EUR a day.
  private static final int VISITS = 16;

  private VisitBench() {}

  public static List<Row> run(Path folder) throws IOException {
    double[] floors = new double[TURNS];
    double[] withdrawals = new double[TURNS];
    double[] visits = new double[TURNS];
    double syncs = 0;
    try (LedgerBench.Floor floor = new LedgerBench.Floor(folder)) {
      for (int turn = 0; turn < TURNS; turn++) {
        floors[turn] = floor.rate();
        Path books = Files.createDirectories(folder.resolve("turn" + turn));
        try (StoryAtm atm = new StoryAtm(books, true)) {
          for (int i = 0; i < VISITS / 4; i++) visit(atm);
          long syncsBefore = LedgerWatch.syncs(atm.ledger);
          long began = System.nanoTime();
          long paying = 0;
          for (int i = 0; i < VISITS; i++) paying += visit(atm);
          visits[turn] = VISITS * 1e9 / (System.nanoTime() - began);
          withdrawals[turn] = VISITS * 1e9 / paying;
          syncs = (double) (LedgerWatch.syncs(atm.ledger) - syncsBefore) / VISITS;
        }
      }
    }
    double floor = Rates.median(floors);
    return List.of(
        Row.fact("commits a visit; each is two syncs", Row.said("%.1f", syncs)),
        Row.rate(
            "withdrawals from the menu on ÷ (floor ÷ syncs)",
            Rates.median(withdrawals),
            floor / (2 * syncs),
            0.5),
        Row.rate(
            "whole visits, with the PIN's Argon2id ÷ the same",
            Rates.median(visits),
            floor / (2 * syncs),
            0));
  }

  /// How long it took from the menu on, in nanoseconds.
  private static long visit(StoryAtm atm) {
    CustomerStory alice = atm.customer(ALICE).insertsCard().typesPin();
    atm.seesScreen("menu");
    long began = System.nanoTime();
    alice.asksFor("10").takesCard().takesCash().seesScreen("idle");
    return System.nanoTime() - began;
  }
}
