/// Puloon LCDM-1000 and LCDM-2000 note dispensers: protocol/puloon-lcdm-1000-2000.md.
package atm.driver.lcdm;
