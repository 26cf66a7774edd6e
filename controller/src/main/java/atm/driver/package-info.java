/// Drivers: each turns one protocol into the devices of `atm.device`. Found by `ServiceLoader`.
/// One sub-package a protocol; no driver imports another. What several ask of a chip is in `emv`.
/// May import `config`, `link`, `device`, `value`.
package atm.driver;
