package sim.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sim.mechanics.Faults;

/// The serial line between a device and whoever is at the other end now. What is sent while nobody
/// is there is lost, as on a real line. Runs on the device's context.
public final class Line {
  /// What a line can do to what the device sends; each concerns the next message.
  public static final List<Faults.Kind> FAULTS =
      List.of(
          new Faults.Kind("line-drop", "Line loses a byte"),
          new Faults.Kind("line-corrupt", "Line changes a byte"),
          new Faults.Kind("line-repeat", "Line doubles a byte"),
          new Faults.Kind("line-noise", "Noise on the line"),
          new Faults.Kind("line-silent", "Line loses a whole message"));

  private static final Buffer NOISE = Buffer.buffer(new byte[] {-1, 0x00, 0x7E, -1});

  private final List<Faults> faults;
  private Consumer<Buffer> device = _ -> {};
  private Consumer<Buffer> peer = _ -> {};
  private Runnable cut = () -> {};

  /// @param faults of each device at its end
  public Line(List<Faults> faults) {
    this.faults = List.copyOf(faults);
  }

  public Line(Faults faults) {
    this(List.of(faults));
  }

  /// Where what arrives goes.
  public void device(Consumer<Buffer> handler) {
    device = handler;
  }

  /// The device says something.
  public void send(Buffer bytes) {
    Buffer sent = disturbed(bytes);
    if (sent.length() > 0) peer.accept(sent);
  }

  /// The wire breaks now; it can be connected again at once.
  public void cut() {
    cut.run();
  }

  public void attach(Consumer<Buffer> to, Runnable cutting) {
    peer = to;
    cut = cutting;
  }

  public void detach() {
    peer = _ -> {};
    cut = () -> {};
  }

  public void arrived(Buffer bytes) {
    device.accept(bytes);
  }

  private boolean strikes(String kind) {
    return faults.stream().anyMatch(each -> each.strikes(kind));
  }

  /// The byte in the middle is the one that is hit.
  private Buffer disturbed(Buffer bytes) {
    int middle = bytes.length() / 2;
    List<Byte> sent = new ArrayList<>();
    for (byte b : bytes.getBytes()) sent.add(b);
    if (strikes("line-silent")) sent.clear();
    else {
      if (strikes("line-corrupt")) sent.set(middle, (byte) (sent.get(middle) ^ 0x10));
      if (strikes("line-repeat")) sent.add(middle, sent.get(middle));
      if (strikes("line-drop")) sent.remove(middle);
    }
    Buffer out = strikes("line-noise") ? NOISE.copy() : Buffer.buffer();
    sent.forEach(out::appendByte);
    return out;
  }
}
