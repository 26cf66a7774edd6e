/// What a chip is asked for the number on it, for every driver that gets at one:
/// protocol/pcsc-emv-pan.md. Not a driver itself.
package atm.driver.emv;
