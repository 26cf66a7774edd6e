/// This machine's books and the journal of what it did, in H2, behind one writer. The only place
/// with `java.sql`. May import `value`.
package atm.ledger;
