/// Keypads without encryption, at USB and at GPIO pins, for test machines:
/// protocol/usb-keys.md, protocol/gpio-keypad.md.
package atm.driver.keypad;
