/// Receipt printers of the ESC/POS family at their wire, from protocol/escpos.md and vkp80.md.
package sim.escpos;
