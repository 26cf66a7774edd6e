package atm.driver.ssp;

import static atm.device.Awaiting.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.Fault;
import atm.link.ByteLink;
import atm.link.HeldTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What a line of SSP does about bad news, with time held.
class SspLineTest {
  private static final byte[] KEY = EsspCipher.key(EsspCipher.DEFAULT_FIXED_KEY, 0x6595);
  private static final byte[] POLL = {0x07};

  private final HeldTime time = new HeldTime();
  private final FakeLink link = new FakeLink();
  private final SspLine line = new SspLine(DeviceKind.CASH_DISPENSER, link, 0, time);

  @Test
  void withoutAReplyTheVerySamePacketGoesOutThreeTimes() {
    Future<byte[]> reply = line.ask("poll", POLL);
    while (time.pass()) {}

    assertThat(faultOf(reply).code()).isEqualTo(Fault.Code.TIMEOUT);
    assertThat(link.sent).hasSize(3).containsOnly(link.sent.getFirst());
  }

  @Test
  void whatMovesNotesGoesOutOnce() {
    line.seal(new EsspCipher(KEY, new SecureRandom()));
    Future<byte[]> reply = line.once("payout", new byte[] {0x46});
    while (time.pass()) {}

    assertThat(faultOf(reply).code()).isEqualTo(Fault.Code.TIMEOUT);
    assertThat(link.sent).hasSize(1);
  }

  @Test
  void aClearReplyToASealedCommandCountsForNothing() {
    line.seal(new EsspCipher(KEY, new SecureRandom()));
    Future<byte[]> reply = line.once("payout", new byte[] {0x46});
    link.says(new SspPacket(true, 0, new byte[] {(byte) SspData.OK}).encoded());

    assertThat(reply.isComplete()).isFalse();
    while (time.pass()) {}
    assertThat(faultOf(reply).detail()).contains("not sealed as the next one");
  }

  @Test
  void noiseCutPacketsAndRepliesToOthersArePassedOver() {
    Future<byte[]> reply = line.ask("poll", POLL);
    byte[] garbage = new byte[1 << 20];
    new Random(5).nextBytes(garbage);
    byte[] good = new SspPacket(true, 0, new byte[] {(byte) SspData.OK}).encoded();
    link.says(garbage);
    link.says(new SspPacket(false, 0, new byte[] {(byte) 0xF8}).encoded());
    link.says(new SspPacket(true, 3, new byte[] {(byte) 0xF8}).encoded());
    for (int cut = 1; cut < good.length; cut++) link.says(java.util.Arrays.copyOf(good, cut));
    byte[] changed = good.clone();
    changed[4] ^= 1;
    link.says(changed);
    assertThat(reply.isComplete()).isFalse();

    link.says(good);

    assertThat(reply.result()).containsExactly((byte) SspData.OK);
  }

  @Test
  void aReplyThatComesTwiceAnswersOnce() {
    byte[] first = new SspPacket(true, 0, new byte[] {(byte) SspData.OK, 1}).encoded();
    Future<byte[]> one = line.ask("poll", POLL);
    link.says(first);
    Future<byte[]> two = line.ask("poll", POLL);
    link.says(first);

    assertThat(one.result()).containsExactly((byte) SspData.OK, (byte) 1);
    assertThat(two.isComplete()).isFalse();
    link.says(new SspPacket(false, 0, new byte[] {(byte) SspData.OK, 2}).encoded());
    assertThat(two.result()).containsExactly((byte) SspData.OK, (byte) 2);
  }

  private static final class FakeLink implements ByteLink {
    private final List<Buffer> sent = new ArrayList<>();
    private final Promise<IOException> ended = Promise.promise();
    private Consumer<Buffer> onBytes = _ -> {};

    void says(byte[] bytes) {
      onBytes.accept(Buffer.buffer(bytes));
    }

    @Override
    public String at() {
      return "test";
    }

    @Override
    public void onBytes(Consumer<Buffer> handler) {
      onBytes = handler;
    }

    @Override
    public Future<Void> write(Buffer bytes) {
      sent.add(bytes);
      return Future.succeededFuture();
    }

    @Override
    public Future<IOException> ended() {
      return ended.future();
    }

    @Override
    public void fail(IOException why) {
      ended.tryComplete(why);
    }

    @Override
    public Future<Void> close() {
      fail(new IOException("closed"));
      return Future.succeededFuture();
    }
  }
}
