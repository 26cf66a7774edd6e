/// Puloon's note dispensers at their wire: protocol/puloon-lcdm-1000-2000.md and
/// protocol/puloon-lcdm-4000.md.
package sim.puloon;
