/// Our own bank, on this machine's ledger: cards and PINs, limits, holds, and the signed orders
/// that a dispenser obeys. Its keys come from the key file. May import `host`, `ledger`, `value`.
package atm.host.embedded;
