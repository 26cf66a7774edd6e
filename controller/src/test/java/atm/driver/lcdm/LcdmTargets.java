package atm.driver.lcdm;

import atm.driver.lcdm.LcdmReply.BothOrder;
import atm.fuzz.Chatter;
import atm.fuzz.Target;
import atm.link.frame.FrameShape;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.util.List;

/// The check byte is passed over: a frame that is whole by chance must do no harm either.
public final class LcdmTargets {
  private LcdmTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("lcdm", ProtocolException.class, LcdmTargets::read),
        new Target("lcdm-line", 4096, _ -> false, LcdmTargets::line));
  }

  private static void line(byte[] bytes) {
    Chatter device = new Chatter(bytes);
    LcdmWire wire = new LcdmWire(device, device.time());
    device.answered(wire.romVersion());
    device.answered(wire.dispense(LcdmFrames.DISPENSE_UPPER, "02"));
    device.answered(wire.status());
    device.answered(wire.purge());
  }

  private static void read(byte[] bytes) throws ProtocolException {
    LcdmFrames frames = new LcdmFrames();
    Buffer all = Buffer.buffer(bytes);
    for (int from = 0; from < all.length(); from++) {
      int length = frames.length(all, from);
      if (length == FrameShape.TOO_SHORT || length == FrameShape.NO_FRAME) continue;
      if (from + length > all.length()) continue;
      Buffer frame = all.getBuffer(from, from + length);
      frames.wrong(frame);
      switch (LcdmFrames.commandOf(frame)) {
        case LcdmFrames.DISPENSE_UPPER, LcdmFrames.DISPENSE_LOWER ->
            Target.said(LcdmReply.Dispensed.ofOne(frame));
        case LcdmFrames.DISPENSE_BOTH -> {
          for (BothOrder order : BothOrder.values()) {
            Target.said(LcdmReply.Dispensed.ofBoth(frame, order));
          }
        }
        case LcdmFrames.STATUS -> Target.said(LcdmReply.Status.of(frame).notesOnPath());
        case LcdmFrames.ROM_VERSION -> Target.said(LcdmReply.RomVersion.of(frame));
        default -> {}
      }
    }
  }
}
