/// This machine's books and the journal of what it did, in H2, behind one writer. The only place
/// with `java.sql`. May import `value`.
///
/// ## The way of a booking
///
/// `Journal` and `host.embedded` hand a piece of work to `Ledger.commit`; `Writer` runs all that
/// waits in one transaction, each under its own savepoint; `Database` commits and syncs; only
/// then is anyone answered. A failed sync, or one over five seconds, halts the process: what is
/// on the disk then is for the next start to say. Each change of the books is explained by an
/// event of the journal, whose HMAC covers the event, its transfers and the event before.
///
/// ## Chart of accounts
///
/// Balances are debits less credits. What the machine holds is a debit balance, what it owes a
/// credit balance. Accounts marked with an asterisk hold notes of one denomination: each of their
/// transfers says how many, and amount = note × count.
///
/// | account | what its balance is |
/// |---|---|
/// | `customer:NUMBER` | credit: what the bank owes the customer; holds reduce what is available |
/// | `cassette:ID` * | notes to be paid out |
/// | `transit:NOTE` * | notes that left a cassette and are not yet anywhere else: stacker, slot |
/// | `reject:NOTE` * | notes in the reject bin |
/// | `retract:NOTE` * | notes in the retract bin |
/// | `payout:CUR` | notes handed out less what was charged for them; nothing once all is settled |
/// | `suspense:CUR` | credit: what came back by a retract and waits for a person's count |
/// | `over-short:CUR` | debit: paid out beyond the hold; credit: found beyond what was presented |
/// | `vault:CUR` | credit: notes that were sent to this machine |
/// | `bank:CUR` | the bank's own side of what it pays into customers' accounts |
///
/// No fee is charged anywhere yet; the first one opens its account.
///
/// ## Bookings
///
/// | step | kind | debit | credit | amount |
/// |---|---|---|---|---|
/// | account opened | direct | `bank` | `customer` | what the bank pays in |
/// | cassette loaded | direct | `cassette` | `vault` | notes |
/// | APPROVED | pending | `customer` | `payout` | the approved amount |
/// | STACKED | direct, a cassette | `transit` | `cassette` | notes as the device counted them |
/// | … rejected meanwhile | direct, a cassette | `reject` | `cassette` | notes |
/// | DONE (taken) | direct, a note | `payout` | `transit` | notes handed out |
/// | | post | `customer` | `payout` | their worth, at most the hold; the rest of it is free |
/// | … more than was held | direct | `over-short` | `payout` | the rest of their worth |
/// | RETRACTED | direct, a note | `retract` | `transit` | notes that came back |
/// | … fewer than presented | direct, a note | `payout` | `transit` | the others: taken |
/// | … more than presented | direct, a note | `retract` | `over-short` | notes found |
/// | | post | `customer` | `payout` | worth of all presented, at most the hold |
/// | | direct | `payout` | `suspense` | worth of what came back |
/// | REVERSING | direct, a cassette | `transit` | `cassette` | notes inside, less those booked |
/// | REVERSED | direct, a note | `reject` | `transit` | notes that were moved to the bin |
/// | | void | `customer` | `payout` | the hold |
/// | REVERSED, notes stuck | void | `customer` | `payout` | the hold; the notes stay in transit |
/// | SUSPECT | – | | | hold and transit stay until a person has counted |
///
/// So, whenever a withdrawal is settled: `payout` is even; `transit` is empty but for notes stuck
/// inside; and for each denomination loaded = remaining + transit + rejected + retracted +
/// dispensed. `Audit` derives all of this from the rows at every start.
package atm.ledger;
