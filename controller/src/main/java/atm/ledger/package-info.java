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
/// | `escrow:NOTE` * | notes put in for a deposit, that can still be given back |
/// | `deposit:NOTE` * | notes in the acceptor's bins |
/// | `deposit-retract:NOTE` * | notes in the acceptor's retract bin |
/// | `counterfeit:NOTE` * | suspected counterfeits that the acceptor keeps |
/// | `intake:CUR` | credit: put in, not yet credited, returned or in suspense; else nothing |
/// | `counterfeit-claims:CUR` | credit: what those say they are worth; owed to nobody |
/// | `uncleared:NUMBER` | credit: what a customer says is in envelopes that nobody has counted |
/// | `envelopes:CUR` | debit: the same, of all customers |
/// | `suspense:CUR` | credit: what came back by a retract and waits for a person's count |
/// | `over-short:CUR` | debit: paid out beyond the hold, or missing; credit: found by count |
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
/// | customer's transfer | direct | `customer` | `customer` | one row, whoever the two are |
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
/// inside.
///
/// A deposit of cash (the order of its states is on `Journal`):
///
/// | step | kind | debit | credit | amount |
/// |---|---|---|---|---|
/// | OPENED | – | | | |
/// | COUNTED | direct, a note | `escrow` | `intake` | what lies there more, or less |
/// | … suspected counterfeit | direct, a note | `counterfeit` | `counterfeit-claims` | notes |
/// | STORE_INTENT | – | | | |
/// | STORED | direct, a note | `deposit` | `escrow` | notes |
/// | | direct | `intake` | `customer` | their worth, in the same commit |
/// | RETURNED | direct, a note | `intake` | `escrow` | notes the customer has again |
/// | RETRACTED | direct, a note | `deposit-retract` | `escrow` | notes that came back |
/// | … fewer than in the escrow | direct, a note | `intake` | `escrow` | the others: taken back |
/// | … more | direct, a note | `deposit-retract` | `over-short` | notes found |
/// | | direct | `intake` | `suspense` | worth of what came back |
/// | VOID | – | | | nothing was put in |
/// | SUSPECT | – | | | escrow and intake stay until a person has counted |
///
/// So, whenever a deposit is settled `intake` is even and `escrow` empty, and a customer is
/// credited exactly with the worth of the notes in the bins.
///
/// An envelope, and what a person does (`Operator`):
///
/// | act | kind | debit | credit | amount |
/// |---|---|---|---|---|
/// | envelope, UNCLEARED | direct | `envelopes` | `uncleared` | what is declared |
/// | envelope, CLEARED | direct | `uncleared` | `customer` | what was declared |
/// | … less (or, turned round, more) | direct | `customer` | `envelopes` | the difference |
/// | | direct | `vault` | `envelopes` | what was counted |
/// | SUSPECT withdrawal SETTLED | direct, a note | `payout` | `transit` | notes they got |
/// | … not booked out before | direct, a note | `payout` | `over-short` | uneven until a count |
/// | … found on the way | direct, a note | `vault` | `transit` | notes; missing: `over-short` |
/// | | post or void | `customer` | `payout` | what the customer got, at most the hold |
/// | SUSPECT deposit SETTLED | direct, a note | `vault` | `escrow` | notes found |
/// | … missing | direct, a note | `intake` | `escrow` | notes the customer has again |
/// | … too many | direct, a note | `vault` | `intake` | notes put in uncounted |
/// | | direct | `intake` | `customer` | worth of what was found |
/// | RETRACTED, then SETTLED | direct | `suspense` | `customer` | what was found |
/// | … the rest | direct | `suspense` | `over-short` | evened when the bin is counted |
/// | stuck notes SETTLED | direct, a note | `vault` | `transit` | notes; missing: `over-short` |
/// | cassette exchanged | direct | `vault` | `cassette` | notes counted; else `over-short` |
/// | | direct | `cassette` | `vault` | notes loaded |
/// | bin emptied | direct, a note | `vault` | the bin | notes counted; else `over-short` |
/// | counterfeits taken out | direct, a note | `counterfeit-claims` | `counterfeit` | all |
///
/// For each denomination loaded + put in − given back = remaining + transit + rejected +
/// retracted + escrow + in the acceptor's bins + dispensed. `Audit` derives all of this from the
/// rows at every start, and that no customer was ever credited by anything that is not listed.
package atm.ledger;
