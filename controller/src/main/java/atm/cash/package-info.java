/// Which notes to pay with, and whether boxes and books agree. May import `device`, `ledger`,
/// `value`.
package atm.cash;
