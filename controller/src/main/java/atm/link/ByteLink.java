package atm.link;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.function.Consumer;

/// A wire of bytes that is up: a serial port, a socket, a pseudo-terminal. Bytes come in pieces of
/// any size. Its end is told once, with the cause. Runs on the context that opened it.
public interface ByteLink {
  /// What waits to be written on any link may not grow beyond this: the longest frame of any
  /// protocol here is some 300 bytes, and none sends two before an answer; a receipt with a
  /// picture is the exception.
  int UNSENT_MAX = 64 * 1024;

  /// The address it was opened by, for messages to people.
  String at();

  /// Set it in the turn in which the link is handed over, and nothing is missed.
  void onBytes(Consumer<Buffer> handler);

  /// Completes when the operating system took the bytes; fails with the cause of the end where the
  /// link is down. Writes go out in the order of the calls.
  Future<Void> write(Buffer bytes);

  /// Completes when the link has ended, with why; never fails.
  Future<IOException> ended();

  /// Ends the link for `why`: `ended` completes in this turn.
  void fail(IOException why);

  /// Ends the link, and completes when port, descriptor and threads are let go.
  Future<Void> close();
}
