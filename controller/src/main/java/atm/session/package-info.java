/// The customer's session: straight-line code on one virtual thread, one file a transaction, and
/// `Recovery`, which settles what a crash left open. May import `device`, `cash`, `host`, `ledger`,
/// `screen`, `value`.
package atm.session;
