/// Swipe readers that type what is on the stripe: protocol/usb-keys.md.
package atm.driver.swipe;
