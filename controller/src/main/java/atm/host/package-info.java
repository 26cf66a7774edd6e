/// The bank, as the session speaks to it: who is this, may they, what became of it. `host.embedded`
/// is our own bank on the ledger. May import `ledger` and `value`.
package atm.host;
