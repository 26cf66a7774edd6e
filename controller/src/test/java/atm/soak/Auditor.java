package atm.soak;

import atm.ledger.Books;
import atm.ledger.JournalEvent;
import atm.value.AccountNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sim.Customer;

/// Holds every promise against a machine on which a visit is over and all is counted.
final class Auditor {
  /// How a transaction can end; none does so twice.
  static final Set<String> ENDS =
      Set.of(
          "withdrawal.DONE",
          "withdrawal.REVERSED",
          "withdrawal.RETRACTED",
          "withdrawal.SUSPECT",
          "withdrawal.DECLINED",
          "deposit.STORED",
          "deposit.RETURNED",
          "deposit.RETRACTED",
          "deposit.VOID",
          "deposit.SUSPECT",
          "transfer.DONE",
          "transfer.DECLINED");

  private static final int EVENTS_MAX = 5000;

  static final int TRIES_MAX = 3;

  private final Rig rig;
  private final Pins pins;
  private final Map<String, String> endOf = new HashMap<>();
  private final Map<String, Integer> ends;
  private long lastEvent;

  /// @param ends how transactions ended, and how often; added to
  Auditor(Rig rig, Pins pins, Map<String, Integer> ends) {
    this.rig = rig;
    this.pins = pins;
    this.ends = ends;
  }

  /// What the journal has noted since the last audit.
  List<JournalEvent> events() throws Exception {
    return Rig.done(rig.ledger().commit(books -> books.eventsAfter(lastEvent, EVENTS_MAX)));
  }

  /// For who reads what went wrong.
  void notesJournal() {
    try {
      events().forEach(this::note);
    } catch (Exception closed) {
      rig.note("journal: cannot be read: " + closed);
    }
  }

  private void note(JournalEvent event) {
    String stan = event.stan().map(Object::toString).orElse("");
    rig.note("journal: " + event.kind() + " " + stan + " " + new TreeMap<>(event.details()));
  }

  void audits(Visitor visitor, Pockets before) throws Exception {
    List<String> wrong = new ArrayList<>(Rig.done(rig.ledger().invariants()));
    wrong.addAll(Boxes.ofSimulator(rig.state()).differences(Boxes.ofBooks(rig.ledger())));
    Map<String, Long> totals = Rig.done(rig.ledger().commit(Books::totals));
    for (String even : List.of("OVER_SHORT", "SUSPENSE")) {
      if (totals.getOrDefault(even, 0L) != 0) {
        wrong.add(even + " is " + totals.get(even) + " after all was counted");
      }
    }
    if (!Rig.done(rig.ledger().operator().waiting()).isEmpty()) wrong.add("something still waits");
    eachEndsOnce(wrong);
    nobodyIsRicher(visitor, before, wrong);
    noTryIsForgotten(visitor.customer(), wrong);
    if (!wrong.isEmpty()) throw new SoakFault(String.join("\n  ", wrong));
  }

  private void eachEndsOnce(List<String> wrong) throws Exception {
    for (JournalEvent event : events()) {
      lastEvent = event.number();
      note(event);
      if (event.stan().isEmpty() || !ENDS.contains(event.kind())) continue;
      ends.merge(event.kind(), 1, Integer::sum);
      String before = endOf.put(event.stan().get().toString(), event.kind());
      if (before != null) {
        wrong.add(event.stan().get() + " ended as " + before + " and as " + event.kind());
      }
    }
  }

  /// Whoever guesses PINs and pulls the plug has no more guesses.
  private void noTryIsForgotten(Customer customer, List<String> wrong) throws Exception {
    if (customer.account().isEmpty()) return;
    AccountNumber account = new AccountNumber(customer.account());
    int tries =
        Rig.done(rig.ledger().commit(books -> books.customers().cardFor(account)))
            .orElseThrow()
            .tries();
    if (tries < Math.min(TRIES_MAX, pins.wrongFor(customer))) {
      wrong.add(
          "%s was told of %d wrong PINs, the books know of %d"
              .formatted(customer.id(), pins.wrongFor(customer), tries));
    }
  }

  /// What the books took from the customer is what the customer took from the machine; what was
  /// transferred is with whom it was meant for; and nobody else's balance has moved.
  private void nobodyIsRicher(Visitor visitor, Pockets before, List<String> wrong)
      throws Exception {
    Pockets now = rig.pockets();
    long pocketed = now.pocketed(before);
    Map<String, Long> changes = now.changed(before);
    List<String> own = rig.accountsOf(visitor.customer());
    List<Visitor.Transfer> transfers = visitor.transfers();
    for (int made = 0; made < 1 << Math.min(10, transfers.size()); made++) {
      Map<String, Long> expected = new TreeMap<>();
      long out = 0;
      for (int i = 0; i < transfers.size(); i++) {
        if ((made >> i & 1) == 0) continue;
        out += transfers.get(i).minor();
        expected.merge(transfers.get(i).to(), transfers.get(i).minor(), Long::sum);
      }
      if (explains(changes, own, expected, pocketed + out)) return;
    }
    wrong.add(
        "customer %s went with %d, but balances changed by %s; transfers that were confirmed: %s"
            .formatted(visitor.customer().id(), pocketed, changes, transfers));
  }

  /// @param less what the customer's accounts have less, before what comes in
  private static boolean explains(
      Map<String, Long> changes, List<String> own, Map<String, Long> in, long less) {
    long ownChange = less;
    Map<String, Long> others = new TreeMap<>(in);
    for (var change : changes.entrySet()) {
      if (own.contains(change.getKey())) ownChange += change.getValue();
      else others.merge(change.getKey(), -change.getValue(), Long::sum);
    }
    for (String account : own) ownChange -= others.getOrDefault(account, 0L);
    return ownChange == 0
        && others.entrySet().stream()
            .allMatch(each -> own.contains(each.getKey()) || each.getValue() == 0);
  }
}
