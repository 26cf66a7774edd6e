/// A SMART Payout at its wire, from protocol/ssp.md: SSP and eSSP.
package sim.ssp;
