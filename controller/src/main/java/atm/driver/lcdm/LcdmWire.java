package atm.driver.lcdm;

import atm.driver.DirectDispenser;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.link.frame.FrameTalk;
import atm.link.frame.Manner;
import atm.link.frame.Once;
import io.vertx.core.Future;
import java.time.Duration;

/// Our end of the wire of an LCDM, with the sheet's times.
final class LcdmWire implements DirectDispenser.Wire {
  /// 500 ms by the sheet, and a network's delay.
  private static final Duration ACK = Duration.ofMillis(700);

  /// 200 ms by the sheet, and a network's delay.
  private static final Duration FRAME = Duration.ofMillis(300);

  /// 60 s from its ACK by the sheet; its three repeats take a moment.
  private static final Duration MOVED = Duration.ofSeconds(65);

  private static final Duration TOLD = Duration.ofSeconds(5);

  private final ByteLink link;
  private final FrameTalk talk;

  LcdmWire(ByteLink link, Deadlines deadlines) {
    this.link = link;
    this.talk =
        new FrameTalk(link, new Manner(new LcdmFrames(), false, true, ACK, FRAME), deadlines);
  }

  @Override
  public ByteLink link() {
    return link;
  }

  Future<LcdmReply.Status> status() {
    return talk.ask(LcdmFrames.command(LcdmFrames.STATUS), TOLD).map(LcdmReply.Status::of);
  }

  Future<LcdmReply.RomVersion> romVersion() {
    return talk.ask(LcdmFrames.command(LcdmFrames.ROM_VERSION), TOLD).map(LcdmReply.RomVersion::of);
  }

  /// What lies on the path goes to the reject tray.
  Future<LcdmError> purge() {
    return talk.ask(LcdmFrames.command(LcdmFrames.PURGE), MOVED)
        .map(reply -> LcdmError.at(reply, LcdmReply.DATA));
  }

  /// Sent once, whatever comes. The version is asked at the start of each connection only, so that
  /// in doubt its answer is not an earlier one.
  Future<Once> dispense(byte command, String digits) {
    return talk.once(
        LcdmFrames.command(command, digits), MOVED, LcdmFrames.command(LcdmFrames.ROM_VERSION));
  }
}
