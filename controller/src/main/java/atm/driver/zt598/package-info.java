/// SZZT ZT588 and ZT598 encrypting PIN pads: protocol/szzt-zt588-zt598-epp.md.
package atm.driver.zt598;
