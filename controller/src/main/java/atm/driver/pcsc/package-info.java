/// Chip readers behind PC/SC: protocol/pcsc-emv-pan.md.
package atm.driver.pcsc;
