package atm.link.frame;

import java.time.Duration;

/// How a device of the family talks: the switches in which its members differ.
///
/// @param enquiry we ask for the reply with ENQ once the command was acknowledged
/// @param confirmed we acknowledge the reply; a NAK makes the device repeat it
/// @param ackWithin between the command and its ACK
/// @param frameWithin between the first and the last byte of a frame
public record Manner(
    FrameShape shape,
    boolean enquiry,
    boolean confirmed,
    Duration ackWithin,
    Duration frameWithin) {}
