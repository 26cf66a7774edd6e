/// Frames with a check byte over a byte link, as a whole family of serial devices talks: command,
/// ACK or NAK, reply, ACK. Written once for all of them.
package atm.link.frame;
