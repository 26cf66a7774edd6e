/// Wires: bytes, messages and lines, reconnect with back-off. Fails with `IOException`; what a
/// failure means is the driver's business. May import `value`.
package atm.link;
