package atm.ledger;

import atm.value.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;

/// Reads all of the books and says what is wrong with them, a sentence each. Nothing here trusts a
/// cache or a constraint.
final class Audit {
  static final String WITHDRAWAL = "withdrawal.";
  // A page of the chain in memory: small beside the heap, large beside the cost of a query.
  private static final int PAGE = 1000;
  // Sentences of one kind are enough to know; a broken book could have a million.
  private static final int SENTENCES_MAX = 20;

  private final Sql sql;
  private final Mac mac;
  private final List<String> violations = new ArrayList<>();

  Audit(Sql sql, Mac mac) {
    this.sql = sql;
    this.mac = mac;
  }

  Head head() {
    return sql.first(
            "SELECT number, mac FROM events ORDER BY number DESC LIMIT 1",
            row -> Head.of(row.getLong(1), row.getBytes(2)))
        .orElse(Chain.START);
  }

  /// @param known the head that was seen outside the database
  List<String> check(Optional<Head> known) {
    known.ifPresent(this::chainHas);
    chainIsWhole();
    balancesFollowFromTransfers();
    debitsEqualCredits();
    holdsAreResolvedOnce();
    notesAreWhatAccountsHold();
    notesAddUp();
    withdrawalsAgree();
    return List.copyOf(violations);
  }

  private void chainHas(Head known) {
    byte[] there =
        sql.first("SELECT mac FROM events WHERE number = ?", r -> r.getBytes(1), known.number())
            .orElse(known.number() == 0 ? Chain.START.macBytes() : null);
    if (there == null) {
      violations.add(
          "the journal ends at event "
              + head().number()
              + ", but journal.head has seen "
              + known.number());
    } else if (!Arrays.equals(there, known.macBytes())) {
      violations.add("event " + known.number() + " is not the one that journal.head has seen");
    }
  }

  private record Sealed(Chain.Event event, byte[] mac) {}

  private void chainIsWhole() {
    Head at = Chain.START;
    long explained = 0;
    while (true) {
      List<Sealed> page =
          sql.list(
              "SELECT number, at, kind, stan, details, mac FROM events WHERE number > ?"
                  + " ORDER BY number LIMIT "
                  + PAGE,
              row ->
                  new Sealed(
                      new Chain.Event(
                          row.getLong(1),
                          row.getLong(2),
                          row.getString(3),
                          row.getLong(4),
                          row.getString(5)),
                      row.getBytes(6)),
              at.number());
      if (page.isEmpty()) break;
      Map<Long, List<Transfer>> explanations = explainedBy(page);
      for (Sealed each : page) {
        List<Transfer> transfers = explanations.getOrDefault(each.event().number(), List.of());
        explained += transfers.size();
        boolean next = each.event().number() == at.number() + 1;
        if (!next || !Arrays.equals(each.mac(), each.event().seal(mac, at.macBytes(), transfers))) {
          violations.add(
              "the journal's chain breaks at event "
                  + (at.number() + 1)
                  + ": it, or a booking it explains, was changed, or the journal's key was");
          return;
        }
        at = Head.of(each.event().number(), each.mac());
      }
    }
    long all = sql.number("SELECT COUNT(*) FROM transfers");
    if (all != explained) {
      violations.add((all - explained) + " transfers that no event explains");
    }
  }

  /// The transfers of a page of events, by event.
  private Map<Long, List<Transfer>> explainedBy(List<Sealed> page) {
    record Line(long event, Transfer transfer) {}
    Map<Long, List<Transfer>> byEvent = new HashMap<>();
    sql.list(
            "SELECT t.* FROM transfers t JOIN events e ON e.number = t.event AND e.at = t.at"
                + " WHERE t.event BETWEEN ? AND ? ORDER BY t.event, t.line",
            row -> new Line(row.getLong("event"), Transfer.read(row)),
            page.getFirst().event().number(),
            page.getLast().event().number())
        .forEach(
            line ->
                byEvent.computeIfAbsent(line.event(), _ -> new ArrayList<>()).add(line.transfer()));
    return byEvent;
  }

  private static final String DERIVED =
      """
      SELECT a.name,
        COALESCE((SELECT SUM(amount) FROM transfers t
          WHERE t.debit = a.name AND t.kind IN ('POST', 'DIRECT')), 0) AS debits,
        COALESCE((SELECT SUM(amount) FROM transfers t
          WHERE t.credit = a.name AND t.kind IN ('POST', 'DIRECT')), 0) AS credits,
        COALESCE((SELECT SUM(p.amount) FROM transfers p LEFT JOIN transfers r ON r.pending = p.id
          WHERE p.debit = a.name AND p.kind = 'PENDING' AND r.id IS NULL), 0) AS held
      FROM accounts a""";

  private void balancesFollowFromTransfers() {
    each(
        "SELECT d.name FROM ("
            + DERIVED
            + ") d LEFT JOIN balances b ON b.account = d.name"
            + " WHERE b.account IS NULL OR b.debits <> d.debits OR b.credits <> d.credits"
            + " OR b.held <> d.held",
        "the balance kept for %s is not what its transfers add up to");
  }

  private void debitsEqualCredits() {
    each(
        "SELECT currency FROM balances JOIN accounts ON name = account"
            + " GROUP BY currency HAVING SUM(debits) <> SUM(credits)",
        "debits and credits in %s differ");
    each(
        "SELECT t.id FROM transfers t JOIN accounts d ON d.name = t.debit"
            + " JOIN accounts c ON c.name = t.credit"
            + " WHERE d.currency <> t.currency OR c.currency <> t.currency",
        "transfer %s is in another currency than its accounts");
  }

  private void holdsAreResolvedOnce() {
    each(
        "SELECT pending FROM transfers WHERE pending IS NOT NULL"
            + " GROUP BY pending HAVING COUNT(*) > 1",
        "hold %s is resolved more than once");
    each(
        "SELECT r.id FROM transfers r JOIN transfers p ON p.id = r.pending"
            + " WHERE p.kind <> 'PENDING' OR r.debit <> p.debit OR r.credit <> p.credit"
            + " OR r.amount > p.amount OR r.currency <> p.currency",
        "%s does not fit the hold it resolves");
  }

  private void notesAreWhatAccountsHold() {
    each(
        "SELECT t.id FROM transfers t JOIN accounts a ON a.name IN (t.debit, t.credit)"
            + " WHERE a.note IS NOT NULL AND (t.note IS NULL OR t.note <> a.note)",
        "transfer %s moves other notes than its account holds");
  }

  /// loaded = remaining + in transit + rejected + retracted + dispensed, for each denomination;
  /// what was found or lost by count enters on the left.
  private void notesAddUp() {
    String moved =
        "COALESCE(SUM(CASE WHEN a.name = t.debit THEN t.count ELSE -t.count END), 0) FROM transfers t"
            + " JOIN accounts a ON a.name IN (t.debit, t.credit)"
            + " WHERE t.note = ? AND t.currency = ? AND a.kind IN ";
    sql.list(
            "SELECT DISTINCT note, currency FROM transfers WHERE note IS NOT NULL",
            row -> Money.of(row.getLong(1), row.getString(2)))
        .forEach(
            note -> {
              Object[] of = {note.minor(), note.currency().getCurrencyCode()};
              long loaded = -sql.number("SELECT " + moved + "('VAULT', 'OVER_SHORT')", of);
              long there =
                  sql.number(
                      "SELECT " + moved + "('CASSETTE', 'TRANSIT', 'REJECT', 'RETRACT')", of);
              long dispensed = sql.number("SELECT " + moved + "('PAYOUT')", of);
              if (loaded != there + dispensed) {
                violations.add(
                    note
                        + ": "
                        + loaded
                        + " notes loaded, "
                        + there
                        + " in the machine, "
                        + dispensed
                        + " dispensed");
              }
            });
  }

  private void withdrawalsAgree() {
    each(
        "SELECT w.stan FROM withdrawals w LEFT JOIN events e ON e.number = w.event"
            + " AND e.stan = w.stan AND e.kind = '"
            + WITHDRAWAL
            + "' || w.state"
            + " WHERE e.number IS NULL"
            + " OR EXISTS (SELECT 1 FROM events x WHERE x.stan = w.stan AND x.number > w.event)",
        "withdrawal %s is not in the state of its last event");
    each(
        "SELECT w.stan FROM withdrawals w"
            + " LEFT JOIN transfers p ON p.stan = w.stan AND p.kind = 'PENDING'"
            + " LEFT JOIN transfers r ON r.pending = p.id"
            + " WHERE (CASE WHEN w.state IN ('REQUESTED', 'DECLINED') THEN 'NONE'"
            + " WHEN w.state IN ('DONE', 'RETRACTED') THEN 'POST'"
            + " WHEN w.state = 'REVERSED' THEN COALESCE(r.kind, 'NONE')"
            + " ELSE 'PENDING' END) <> COALESCE(r.kind, p.kind, 'NONE')"
            + " OR (w.state = 'REVERSED' AND r.kind = 'POST')",
        "the hold of withdrawal %s does not fit its state");
    each(
        net("payout:%", "'DONE', 'RETRACTED', 'REVERSED', 'DECLINED'"),
        "withdrawal %s: the notes handed out are not worth what was booked for them");
    // A reversed one may have notes stuck inside; those stay in transit until a person clears them.
    each(
        net("transit:%", "'DONE', 'RETRACTED', 'DECLINED'"),
        "withdrawal %s is settled, but its notes are still in transit");
  }

  private static String net(String accounts, String states) {
    return "SELECT w.stan FROM withdrawals w JOIN transfers t ON t.stan = w.stan"
        + " WHERE w.state IN ("
        + states
        + ") AND t.kind IN ('POST', 'DIRECT')"
        + " GROUP BY w.stan"
        + " HAVING SUM(CASE WHEN t.debit LIKE '"
        + accounts
        + "' THEN t.amount ELSE 0 END)"
        + " <> SUM(CASE WHEN t.credit LIKE '"
        + accounts
        + "' THEN t.amount ELSE 0 END)";
  }

  private void each(String query, String sentence) {
    sql.list(query + " LIMIT " + SENTENCES_MAX, row -> row.getString(1))
        .forEach(what -> violations.add(sentence.formatted(what)));
  }
}
