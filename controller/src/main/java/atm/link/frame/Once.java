package atm.link.frame;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/// What became of a command that must not be sent twice.
public sealed interface Once {
  /// Nothing irregular happened. After anything else the line is better opened anew: what was said
  /// on it meanwhile could be heard as the answer to a later command.
  default boolean isClean() {
    return this instanceof Replied(_, boolean clean) && clean;
  }

  /// @param clean nothing irregular happened on the way
  record Replied(Buffer reply, boolean clean) implements Once {}

  /// The device never took the command: idle, it answered a later question instead.
  record NotBegun(String why, Buffer answer) implements Once {}

  /// It may have been carried out.
  record Lost(IOException why) implements Once {}
}
