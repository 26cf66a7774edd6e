package atm.driver.lcdm4000;

import atm.driver.DirectDispenser;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.frame.FrameTalk;
import atm.link.frame.Manner;
import atm.link.frame.Once;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.time.Duration;

/// Our end of the wire of an LCDM-4000, with the sheet's times and a network's delay. The EOT that
/// ends a transaction is not waited for: not all send it.
final class Lcdm4000Wire implements DirectDispenser.Wire {
  private static final Duration ACK = Duration.ofMillis(700);
  private static final Duration FRAME = Duration.ofMillis(300);
  private static final Duration MOVED = Duration.ofSeconds(65);
  private static final Duration TOLD = Duration.ofSeconds(5);

  private final ByteLink link;
  private final FrameTalk talk;

  Lcdm4000Wire(ByteLink link, Deadlines deadlines) {
    this.link = link;
    this.talk =
        new FrameTalk(link, new Manner(new Lcdm4000Frames(), false, true, ACK, FRAME), deadlines);
  }

  @Override
  public ByteLink link() {
    return link;
  }

  Future<Lcdm4000Reply.Status> status() {
    return talk.ask(Lcdm4000Frames.command(Lcdm4000Frames.STATUS), TOLD)
        .map(Lcdm4000Reply.Status::of);
  }

  Future<Lcdm4000Error> purge() {
    return talk.ask(Lcdm4000Frames.command(Lcdm4000Frames.PURGE), MOVED)
        .map(reply -> Lcdm4000Error.at(reply, Lcdm4000Frames.DATA));
  }

  Future<Lcdm4000Reply.Last> last() {
    return talk.ask(Lcdm4000Frames.command(Lcdm4000Frames.LAST_STATUS), TOLD)
        .compose(
            reply -> {
              try {
                return Future.succeededFuture(Lcdm4000Reply.Last.of(reply));
              } catch (ProtocolException garbled) {
                return Future.failedFuture(garbled);
              }
            });
  }

  /// Sent once, whatever comes. In doubt the device is asked what it last did; another question
  /// always stands between an earlier such one and this command.
  Future<Once> dispense(int[] notes) {
    Buffer command = Lcdm4000Frames.dispense(notes);
    return talk.once(command, MOVED, Lcdm4000Frames.command(Lcdm4000Frames.LAST_STATUS));
  }
}
