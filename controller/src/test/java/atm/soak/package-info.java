/// The whole machine by seed: simulator, wires and controller in one process, thousands of
/// customers and faults, and after each visit books, boxes and people's pockets held against each
/// other. Uses no test library, so that `./atm soak` runs it from the test classes alone.
package atm.soak;
