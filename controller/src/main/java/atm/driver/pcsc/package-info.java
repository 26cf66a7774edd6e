/// Chip readers behind PC/SC, and what a chip is asked: protocol/pcsc-emv-pan.md.
package atm.driver.pcsc;
