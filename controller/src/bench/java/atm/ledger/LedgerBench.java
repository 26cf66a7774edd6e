package atm.ledger;

import static atm.ledger.Await.await;
import static atm.ledger.Machine.*;

import atm.bench.Rates;
import atm.bench.Row;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Durable transfers, chain on and encrypted, beside the least a disk can be asked for: 512 bytes
/// appended to a file and synced.
public final class LedgerBench {
  private static final double TURN_S = 0.7;
  private static final int WAITING = 8;
  private static final Account FROM = Account.customer(ALICE, TWENTY.currency());
  private static final Account TO = Account.payout(TWENTY.currency());
  private static final atm.value.Money CENT = atm.value.Money.parse("0.01 EUR");

  private long ids;

  private LedgerBench() {}

  public static List<Row> run(Path folder) throws IOException {
    return new LedgerBench().measured(folder);
  }

  private List<Row> measured(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Floor floor = new Floor(folder);
        Ledger safe = founded(folder.resolve("safe"));
        Ledger once = found(oneSync(folder.resolve("once")))) {
      double[] rates =
          Rates.inTurns(
              floor::rate,
              () -> Rates.rate(TURN_S, () -> await(transfer(safe))),
              () -> eightAtOnce(safe),
              () -> Rates.rate(TURN_S, () -> await(transfer(once))),
              () -> eightAtOnce(once));
      return List.of(
          Row.rate("transfers, one at a time", rates[1], rates[0], 0.30),
          Row.rate("transfers, eight waiting", rates[2], rates[0], 1.8),
          Row.rate("one at a time, one sync a commit", rates[3], rates[0], 0),
          Row.rate("eight waiting, one sync a commit", rates[4], rates[0], 0),
          new Row(
              "what the second sync costs, one at a time",
              Row.said("%.2f ms", 1000 / rates[1] - 1000 / rates[3]),
              Row.said("%.2f ms a sync", 1000 / rates[0]),
              Row.said("%.2f ×", (1000 / rates[1] - 1000 / rates[3]) / (1000 / rates[0])),
              "–"));
    }
  }

  /// The same books without `LastSectorLast`, as H2 writes them by itself.
  private static Ledger oneSync(Path folder) {
    return Ledger.open(
        folder, keys(), Clock.systemUTC(), () -> Runtime.getRuntime().halt(4), "file");
  }

  private double eightAtOnce(Ledger ledger) {
    return WAITING
        * Rates.rate(
            TURN_S,
            () -> {
              List<Future<Void>> waiting = new ArrayList<>();
              for (int i = 0; i < WAITING; i++) waiting.add(transfer(ledger));
              waiting.forEach(Await::await);
            });
  }

  private Future<Void> transfer(Ledger ledger) {
    String id = "b" + ids++;
    return ledger.run(
        books -> {
          books.transfers().direct(Transfer.direct(id, FROM, TO, CENT, Optional.empty()), FROM, TO);
          books.note("bench", Map.of());
        });
  }

  /// How often this disk, here, takes half a kilobyte for good.
  public static final class Floor implements AutoCloseable {
    private final FileChannel file;
    private final ByteBuffer record = ByteBuffer.allocateDirect(512);

    public Floor(Path folder) throws IOException {
      Files.createDirectories(folder);
      file =
          FileChannel.open(
              folder.resolve("floor"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public double rate() {
      return Rates.rate(TURN_S, this::append);
    }

    private void append() {
      try {
        record.clear();
        file.write(record);
        file.force(false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
