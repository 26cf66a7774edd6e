package atm.bench;

import atm.ledger.LedgerBench;
import atm.machine.MachineBench;
import atm.session.VisitBench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./atm bench`: what DESIGN sets budgets for, measured here and now.
///
/// Arguments: a folder to write into, and which parts (all of
/// `ledger visits machine codecs` without).
final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    List<String> parts = args.length > 1 ? List.of(args).subList(1, args.length) : List.of();
    List<Row> rows = new ArrayList<>();
    if (wanted(parts, "ledger")) rows.addAll(LedgerBench.run(folder.resolve("ledger")));
    if (wanted(parts, "visits")) rows.addAll(VisitBench.run(folder.resolve("visits")));
    if (wanted(parts, "machine")) {
      rows.addAll(MachineBench.run(Path.of(".."), folder.resolve("machine")));
    }
    if (wanted(parts, "codecs")) rows.addAll(Codecs.run());
    System.out.println("| what | measured | floor, same run | ratio | budget |");
    System.out.println("|---|---|---|---|---|");
    rows.forEach(System.out::println);
    System.exit(0);
  }

  private static boolean wanted(List<String> parts, String part) {
    if (!parts.isEmpty() && !parts.contains(part)) return false;
    System.err.println("measuring: " + part + " …");
    return true;
  }
}
