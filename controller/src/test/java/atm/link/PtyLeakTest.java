package atm.link;

import io.vertx.core.Future;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Faults;
import sim.wire.Line;
import sim.wire.PtyDoor;

/// A real port, unplugged and plugged in again.
class PtyLeakTest extends LeakCheck {
  @TempDir Path folder;
  private PtyDoor door;

  @Override
  ByteConnector wire() {
    Path name = folder.resolve("port");
    Line line = new Line(new Faults());
    line.device(line::send);
    door = new PtyDoor(context, name, line);
    return ByteConnector.to(
        new ByteAddress.Serial("pty", name.toString(), LineSettings.plain(9600)),
        vertx,
        new WireTrace("test"));
  }

  @Override
  Future<Void> plug() {
    return door.open().mapEmpty();
  }

  @Override
  Future<Void> unplug() {
    return door.close();
  }
}
