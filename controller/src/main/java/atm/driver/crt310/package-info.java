/// CREATOR CRT-310 motorised card reader: protocol/creator-crt310.md.
package atm.driver.crt310;
