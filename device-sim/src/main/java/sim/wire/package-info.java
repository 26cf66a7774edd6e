/// Wires of bytes, as a simulated device sees them: sockets and pseudo-terminals, and the faults a
/// line can have.
package sim.wire;
