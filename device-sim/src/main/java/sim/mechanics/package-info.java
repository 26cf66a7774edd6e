/// What the simulated devices are made of: notes, cassettes, cards, keys, paper, and the time they
/// take. Knows no protocol (unit names and TR-31 key words are all it shares with one) and imports
/// nothing else of `sim`.
///
/// Everything here runs on one Vert.x context, the one given to [Pace]: call every method on it,
/// and every future completes and every listener is called on it.
package sim.mechanics;
