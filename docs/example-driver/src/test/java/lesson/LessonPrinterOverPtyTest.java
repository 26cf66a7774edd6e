package lesson;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import sim.wire.Door;
import sim.wire.Line;
import sim.wire.PtyDoor;

/// The same through jSerialComm and a real pseudo-terminal, as a serial port would be.
class LessonPrinterOverPtyTest extends LessonPrinterOverTcpTest {
  @Override
  Door door(Vertx vertx, Context context, Line line) {
    return new PtyDoor(context, folder.resolve("printer"), line);
  }

  @Override
  URI at(Door door) {
    return URI.create("pty:" + folder.resolve("printer"));
  }
}
