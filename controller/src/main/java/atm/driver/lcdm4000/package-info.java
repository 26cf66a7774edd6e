/// Puloon LCDM-4000 note dispenser with four cassettes: protocol/puloon-lcdm-4000.md.
package atm.driver.lcdm4000;
