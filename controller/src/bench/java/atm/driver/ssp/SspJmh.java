package atm.driver.ssp;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A packet of 32 bytes, stuffed, with its check: written and read.
@State(Scope.Thread)
public class SspJmh {
  private final SspPacket packet = new SspPacket(true, 0, new byte[32]);
  private final List<SspPacket> found = new ArrayList<>();
  private final SspReader reader =
      new SspReader(
          found::add,
          words -> {
            throw new IllegalStateException(words);
          });

  @Benchmark
  public Object packetThereAndBack() {
    found.clear();
    reader.read(packet.encoded());
    return found.getFirst();
  }
}
