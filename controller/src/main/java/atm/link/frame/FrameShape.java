package atm.link.frame;

import io.vertx.core.buffer.Buffer;

/// What the frames of one protocol look like, from the device to us.
public interface FrameShape {
  /// `length`: no frame begins with these bytes.
  int NO_FRAME = -1;

  /// `length`: more bytes are needed to tell.
  int TOO_SHORT = 0;

  /// How long the frame is that begins at `from`. Counted, never searched for its end: data may
  /// look like an end.
  int length(Buffer bytes, int from);

  /// What is wrong with a whole frame, in words; empty when nothing is.
  String wrong(Buffer frame);

  /// Whether `reply` is the answer to `command`, and not to an earlier one.
  boolean answers(Buffer command, Buffer reply);
}
