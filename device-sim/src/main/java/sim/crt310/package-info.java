/// CREATOR CRT-310 motorised card reader at its wire: protocol/creator-crt310.md.
package sim.crt310;
