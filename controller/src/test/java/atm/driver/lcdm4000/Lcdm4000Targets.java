package atm.driver.lcdm4000;

import atm.fuzz.Chatter;
import atm.fuzz.Target;
import atm.link.frame.FrameShape;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.util.List;

public final class Lcdm4000Targets {
  private Lcdm4000Targets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("lcdm-4000", ProtocolException.class, Lcdm4000Targets::read),
        new Target("lcdm-4000-line", 4096, _ -> false, Lcdm4000Targets::line));
  }

  private static void line(byte[] bytes) {
    Chatter device = new Chatter(bytes);
    Lcdm4000Wire wire = new Lcdm4000Wire(device, device.time());
    device.answered(wire.status());
    device.answered(wire.dispense(new int[] {2, 3, 0, 0}));
    device.answered(wire.last());
    device.answered(wire.purge());
  }

  private static void read(byte[] bytes) throws ProtocolException {
    Lcdm4000Frames frames = new Lcdm4000Frames();
    Buffer all = Buffer.buffer(bytes);
    for (int from = 0; from < all.length(); from++) {
      int length = frames.length(all, from);
      if (length == FrameShape.TOO_SHORT || length == FrameShape.NO_FRAME) continue;
      if (from + length > all.length()) continue;
      Buffer frame = all.getBuffer(from, from + length);
      frames.wrong(frame);
      switch (frame.getByte(3)) {
        case Lcdm4000Frames.STATUS -> Target.said(Lcdm4000Reply.Status.of(frame));
        case Lcdm4000Frames.LAST_STATUS -> Target.said(Lcdm4000Reply.Last.of(frame));
        default -> Target.said(Lcdm4000Reply.Moved.of(frame));
      }
    }
  }
}
