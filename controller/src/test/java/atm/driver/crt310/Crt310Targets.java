package atm.driver.crt310;

import atm.fuzz.Chatter;
import atm.fuzz.Target;
import atm.link.frame.FrameShape;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

public final class Crt310Targets {
  private Crt310Targets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("crt310", ProtocolException.class, Crt310Targets::read),
        new Target("crt310-line", 4096, _ -> false, Crt310Targets::line));
  }

  private static void line(byte[] bytes) {
    Chatter device = new Chatter(bytes);
    Crt310Wire wire = new Crt310Wire(device, device.time());
    device.answered(wire.reset().map(version -> "version " + version));
    device.answered(wire.status());
    device.answered(wire.toContacts());
    device.answered(wire.chipPower(true));
    device.answered(wire.chipReset());
    device.answered(wire.exchange(Crt310Wire.Protocol.T0, new byte[] {0, 1, 2, 3, 4}));
    device.answered(new Crt310Reading(Optional.empty()).read(wire));
    device.answered(wire.ejectToFront());
  }

  private static void read(byte[] bytes) {
    Crt310Frames frames = new Crt310Frames();
    Crt310Frames.TrackMask mask = new Crt310Frames.TrackMask();
    Buffer all = Buffer.buffer(bytes);
    Buffer command = Crt310Frames.command(0x31, 0x30);
    for (int from = 0; from < all.length(); from++) {
      mask.hides(all.getByte(from));
      int length = frames.length(all, from);
      if (length == FrameShape.TOO_SHORT || length == FrameShape.NO_FRAME) continue;
      if (from + length > all.length()) continue;
      Buffer frame = all.getBuffer(from, from + length);
      frames.wrong(frame);
      frames.answers(command, frame);
      Crt310Wire.chipData(frame);
      if (!Crt310Frames.isRefusal(frame)) Target.said(Crt310Status.of(frame.getByte(5)).words());
    }
  }
}
