package atm.driver.lcdm;

import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A reply to a dispense, from its bytes to its counts.
@State(Scope.Thread)
public class LcdmJmh {
  private final Buffer reply =
      atm.link.frame.Bcc.append(
          Buffer.buffer(new byte[] {1, 0x50, 2, 0x45})
              .appendString("0303000000")
              .copy()
              .setByte(8, (byte) 0x30)
              .setByte(9, (byte) 0x30)
              .getBuffer(0, 12)
              .appendByte((byte) 3));

  @Benchmark
  public Object readReply() throws ProtocolException {
    LcdmFrames frames = new LcdmFrames();
    if (frames.length(reply, 0) != reply.length() || !frames.wrong(reply).isEmpty()) {
      throw new IllegalStateException("not the frame it should be");
    }
    return LcdmReply.Dispensed.ofOne(reply);
  }
}
