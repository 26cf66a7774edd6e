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
  static final String DEPOSIT = "deposit.";
  static final String ENVELOPE = "envelope.";
  static final String PAYMENT = "transfer.";
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
    depositsAgree();
    envelopesAgree();
    paymentsAgree();
    customersAreCreditedFor();
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

  /// loaded + put in by customers, less given back to them = remaining + in transit + rejected +
  /// retracted + in the escrow + in the acceptor's bins + dispensed, for each denomination; what
  /// was found or lost by count enters on the left.
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
              long loaded =
                  -sql.number(
                      "SELECT " + moved + "('VAULT', 'OVER_SHORT', 'INTAKE', 'COUNTERFEIT_CLAIMS')",
                      of);
              long there =
                  sql.number(
                      "SELECT "
                          + moved
                          + "('CASSETTE', 'TRANSIT', 'REJECT', 'RETRACT', 'ESCROW',"
                          + " 'DEPOSIT', 'DEPOSIT_RETRACT', 'COUNTERFEIT')",
                      of);
              long dispensed = sql.number("SELECT " + moved + "('PAYOUT')", of);
              if (loaded != there + dispensed) {
                violations.add(
                    note
                        + ": "
                        + loaded
                        + " notes loaded and put in, "
                        + there
                        + " in the machine, "
                        + dispensed
                        + " dispensed");
              }
            });
  }

  private void withdrawalsAgree() {
    each(
        notAtItsLastEvent("withdrawals", WITHDRAWAL),
        "withdrawal %s is not in the state of its last event");
    each(
        "SELECT w.stan FROM withdrawals w JOIN transfers p"
            + " ON p.stan = w.stan AND p.kind = 'PENDING'"
            + " WHERE p.debit <> 'customer:' || w.account OR p.amount <> w.amount",
        "withdrawal %s is not what its hold was placed for");
    each(
        "SELECT w.stan FROM withdrawals w"
            + " LEFT JOIN transfers p ON p.stan = w.stan AND p.kind = 'PENDING'"
            + " LEFT JOIN transfers r ON r.pending = p.id"
            + " WHERE (CASE WHEN w.state IN ('REQUESTED', 'DECLINED') THEN 'NONE'"
            + " WHEN w.state IN ('DONE', 'RETRACTED') THEN 'POST'"
            + " WHEN w.state IN ('REVERSED', 'SETTLED') THEN COALESCE(r.kind, 'NONE')"
            + " ELSE 'PENDING' END) <> COALESCE(r.kind, p.kind, 'NONE')"
            + " OR (w.state = 'REVERSED' AND r.kind = 'POST')"
            + " OR (w.state = 'SETTLED' AND r.kind IS NULL)",
        "the hold of withdrawal %s does not fit its state");
    each(
        net("withdrawals", "payout:%", "'DONE', 'RETRACTED', 'REVERSED', 'DECLINED', 'SETTLED'"),
        "withdrawal %s: the notes handed out are not worth what was booked for them");
    // A reversed one may have notes stuck inside; those stay in transit until a person clears them.
    each(
        net("withdrawals", "transit:%", "'DONE', 'RETRACTED', 'DECLINED', 'SETTLED'"),
        "withdrawal %s is settled, but its notes are still in transit");
  }

  private static String notAtItsLastEvent(String table, String prefix) {
    return "SELECT w.stan FROM "
        + table
        + " w LEFT JOIN events e ON e.number = w.event AND e.stan = w.stan AND e.kind = '"
        + prefix
        + "' || w.state WHERE e.number IS NULL"
        + " OR EXISTS (SELECT 1 FROM events x WHERE x.stan = w.stan AND x.number > w.event)";
  }

  private void depositsAgree() {
    each(
        notAtItsLastEvent("deposits", DEPOSIT), "deposit %s is not in the state of its last event");
    String settled = "'STORED', 'RETURNED', 'RETRACTED', 'VOID', 'SETTLED'";
    each(
        net("deposits", "escrow:%", settled),
        "deposit %s is settled, but its notes are still in the escrow");
    each(
        net("deposits", "intake:%", settled),
        "deposit %s: what was put in is neither credited, nor returned, nor in suspense");
    for (String table : List.of("deposits", "withdrawals")) {
      each(
          net(table, "suspense:%", "'SETTLED'"),
          table + " %s is settled, but its money is still in suspense");
    }
    // Nobody is credited without notes in the bins, or a person's count.
    each(
        "SELECT d.stan FROM deposits d LEFT JOIN transfers t ON t.stan = d.stan"
            + " WHERE d.state <> 'SETTLED' GROUP BY d.stan, d.state, d.account"
            + " HAVING COALESCE(SUM(CASE WHEN t.credit = 'customer:' || d.account"
            + " THEN t.amount ELSE 0 END), 0)"
            + " <> COALESCE(SUM(CASE WHEN d.state = 'STORED' AND t.debit LIKE 'deposit:%'"
            + " THEN t.amount ELSE 0 END), 0)",
        "deposit %s was not credited with the worth of its notes");
  }

  private void envelopesAgree() {
    each(
        notAtItsLastEvent("envelopes", ENVELOPE),
        "envelope %s is not in the state of its last event");
    each(
        "SELECT e.stan FROM envelopes e LEFT JOIN transfers t ON t.stan = e.stan"
            + " GROUP BY e.stan, e.state, e.account, e.declared HAVING "
            + " COALESCE(SUM(CASE WHEN t.credit = 'uncleared:' || e.account THEN t.amount"
            + " WHEN t.debit = 'uncleared:' || e.account THEN -t.amount ELSE 0 END), 0)"
            + " <> CASE e.state WHEN 'UNCLEARED' THEN e.declared ELSE 0 END"
            + " OR (e.state <> 'CLEARED' AND COALESCE(SUM(CASE WHEN t.credit LIKE 'customer:%'"
            + " THEN 1 ELSE 0 END), 0) > 0)",
        "envelope %s: what is uncleared does not fit its state");
    each(
        net("envelopes", "envelopes:%", "'CLEARED', 'DECLINED'"),
        "envelope %s is settled, but what it held is not booked");
  }

  private void paymentsAgree() {
    each(
        notAtItsLastEvent("payments", PAYMENT),
        "customer's transfer %s is not in the state of its event");
    each(
        "SELECT p.stan FROM payments p LEFT JOIN transfers t ON t.stan = p.stan"
            + " GROUP BY p.stan, p.state, p.payer, p.payee, p.amount, p.currency"
            + " HAVING COUNT(t.id) <> CASE p.state WHEN 'DONE' THEN 1 ELSE 0 END"
            + " OR SUM(CASE WHEN t.debit = 'customer:' || p.payer"
            + " AND t.credit = 'customer:' || p.payee AND t.amount = p.amount"
            + " AND t.currency = p.currency THEN 0 ELSE 1 END)"
            + " > CASE p.state WHEN 'DONE' THEN 0 ELSE 1 END",
        "customer's transfer %s is not what was booked for it");
  }

  /// Money comes into a customer's account in no other ways than these.
  private void customersAreCreditedFor() {
    each(
        "SELECT t.id FROM transfers t JOIN accounts c ON c.name = t.credit"
            + " JOIN accounts d ON d.name = t.debit"
            + " WHERE c.kind = 'CUSTOMER' AND t.kind <> 'VOID' AND NOT (d.kind = 'BANK'"
            + " OR (d.kind = 'CUSTOMER' AND EXISTS"
            + " (SELECT 1 FROM payments p WHERE p.stan = t.stan))"
            + " OR (d.kind IN ('UNCLEARED', 'ENVELOPES') AND EXISTS"
            + " (SELECT 1 FROM envelopes e WHERE e.stan = t.stan AND e.state = 'CLEARED'))"
            + " OR (d.kind IN ('INTAKE', 'SUSPENSE', 'OVER_SHORT') AND (EXISTS"
            + " (SELECT 1 FROM deposits x WHERE x.stan = t.stan AND x.state IN ('STORED', 'SETTLED')) OR EXISTS"
            + " (SELECT 1 FROM withdrawals w WHERE w.stan = t.stan AND w.state = 'SETTLED'))))",
        "transfer %s credits a customer for nothing");
  }

  /// @param table the transactions
  /// @param accounts those that have to be even over all of a transaction's transfers
  private static String net(String table, String accounts, String states) {
    return "SELECT w.stan FROM "
        + table
        + " w JOIN transfers t ON t.stan = w.stan"
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
