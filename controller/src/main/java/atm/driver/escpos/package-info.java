/// Receipt printers of the ESC/POS family: Epson's with status, clones without, and Custom's
/// VKP80III with its presenter. Told in device-sim's `protocol/escpos.md` and `vkp80.md`.
package atm.driver.escpos;
