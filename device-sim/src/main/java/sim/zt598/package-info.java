/// SZZT ZT588 and ZT598 encrypting PIN pads at their wire: protocol/szzt-zt588-zt598-epp.md.
package sim.zt598;
