/// SSP and eSSP of Innovative Technology: the SMART Payout as a cash dispenser, the NV200 as a cash
/// acceptor. The protocol is told in device-sim's `protocol/ssp.md`.
package atm.driver.ssp;
