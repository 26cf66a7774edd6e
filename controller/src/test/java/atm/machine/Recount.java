package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import atm.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Counts closed books again from their bare rows, by nothing of the ledger's own.
final class Recount {
  private final Path folder;

  Recount(Path folder) {
    this.folder = folder;
  }

  private record Row(String kind, String debit, String credit, long amount, String pending) {}

  void check() throws Exception {
    Keys keys = Keys.load(folder);
    Properties properties = new Properties();
    properties.put("user", "ledger");
    properties.put("password", HexFormat.of().formatHex(keys.ledger().database()) + " ledger");
    String url =
        "jdbc:h2:file:" + folder.resolve("ledger") + ";CIPHER=AES;ACCESS_MODE_DATA=r;IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement()) {
      balances(statement);
      journal(statement);
    }
  }

  private void balances(Statement statement) throws SQLException {
    Map<String, Row> rows = new TreeMap<>();
    Map<String, Long> net = new TreeMap<>();
    Map<String, Long> held = new TreeMap<>();
    try (ResultSet each = statement.executeQuery("SELECT * FROM transfers ORDER BY event, line")) {
      while (each.next()) {
        Row row =
            new Row(
                each.getString("kind"),
                each.getString("debit"),
                each.getString("credit"),
                each.getLong("amount"),
                each.getString("pending"));
        rows.put(each.getString("id"), row);
        switch (row.kind()) {
          case "PENDING" -> held.merge(row.debit(), row.amount(), Long::sum);
          case "VOID" -> released(row, rows, held);
          case "POST" -> {
            released(row, rows, held);
            booked(row, net);
          }
          default -> booked(row, net);
        }
      }
    }
    assertThat(net.values().stream().mapToLong(Long::longValue).sum())
        .as("debits less credits")
        .isZero();
    try (ResultSet each = statement.executeQuery("SELECT * FROM balances")) {
      while (each.next()) {
        String account = each.getString("account");
        assertThat(each.getLong("debits") - each.getLong("credits"))
            .as("the balance of " + account)
            .isEqualTo(net.getOrDefault(account, 0L));
        assertThat(each.getLong("held"))
            .as("held on " + account)
            .isEqualTo(held.getOrDefault(account, 0L));
      }
    }
  }

  private static void booked(Row row, Map<String, Long> net) {
    net.merge(row.debit(), row.amount(), Long::sum);
    net.merge(row.credit(), -row.amount(), Long::sum);
  }

  /// Removed, so that a hold that is resolved again is not found.
  private static void released(Row row, Map<String, Row> rows, Map<String, Long> held) {
    Row hold = rows.remove(row.pending());
    assertThat(hold).as("the hold " + row.pending() + " of a " + row.kind()).isNotNull();
    held.merge(hold.debit(), -hold.amount(), Long::sum);
  }

  private void journal(Statement statement) throws Exception {
    List<Long> numbers = new ArrayList<>();
    String mac = "";
    try (ResultSet each = statement.executeQuery("SELECT * FROM events ORDER BY number")) {
      while (each.next()) {
        numbers.add(each.getLong("number"));
        mac = HexFormat.of().withUpperCase().formatHex(each.getBytes("mac"));
      }
    }
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).as("the number of an event").isEqualTo(i + 1L);
    }
    assertThat(Files.readString(folder.resolve("journal.head")))
        .as("journal.head")
        .isEqualTo(String.format("%020d %s\n", numbers.size(), mac));
  }
}
