package atm.driver.ssp;

import static java.math.BigInteger.TWO;

import atm.device.DeviceKind;
import atm.fuzz.Chatter;
import atm.fuzz.PlayedWire;
import atm.fuzz.Target;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

public final class SspTargets {
  private SspTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("ssp-wire", ProtocolException.class, SspTargets::wire),
        Target.of("ssp-data", ProtocolException.class, SspTargets::data),
        new Target("ssp-line", 4096, _ -> false, SspTargets::line));
  }

  private static void wire(byte[] bytes) {
    EsspCipher cipher = new EsspCipher(new byte[16], new SecureRandom());
    SspReader reader =
        new SspReader(
            packet -> {
              Target.said(packet);
              cipher.open(packet.data());
              data(packet.data());
            },
            Target.said());
    reader.read(bytes);
    SspMask mask = new SspMask();
    for (byte b : bytes) mask.hides(b);
  }

  private static void line(byte[] bytes) {
    Chatter device = new Chatter(bytes);
    SspLine line = new SspLine(DeviceKind.CASH_DISPENSER, device, 0, device.time());
    device.answered(line.synchronise(1));
    device.answered(line.ask("poll", SspData.POLL));
    device.answered(line.succeed("enable", SspData.ENABLE));
    line.seal(new EsspCipher(new byte[16], new SecureRandom()));
    device.answered(line.once("payout", SspData.ENABLE_PAYOUT));
  }

  /// As after a good check: what a packet carries.
  private static void data(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > SspPacket.DATA_MAX) return;
    SspData.setup(bytes).ifPresent(Target.said());
    SspData.levels(bytes).ifPresent(Target.said());
    SspData.counters(bytes).ifPresent(Target.said());
    Target.said(SspEvent.all(bytes));
  }

  /// A host at the simulator's wire: all it says has a good check, and every second time is sealed
  /// under a key agreed on before.
  public static final class Host {
    private static final KeyExchange EXCHANGE =
        new KeyExchange(BigInteger.valueOf(982_451_653), BigInteger.valueOf(15_485_863), TWO);
    private static final int GENERATOR = 0x4A;
    private static final int MODULUS = 0x4B;
    private static final int EXCHANGED = 0x4C;

    private final PlayedWire wire;
    private final EsspCipher cipher;
    private boolean flag;
    private boolean seals;

    public Host(PlayedWire wire) {
      this.wire = wire;
      packet(command(GENERATOR, EXCHANGE.generatorBytes()));
      packet(command(MODULUS, EXCHANGE.modulusBytes()));
      byte[][] theirs = new byte[1][];
      Buffer reply = packet(command(EXCHANGED, EXCHANGE.ours()));
      new SspReader(packet -> theirs[0] = packet.data(), Target.said()).read(reply.getBytes());
      long agreed = EXCHANGE.agreed(Arrays.copyOfRange(theirs[0], 1, 9));
      byte[] key = EsspCipher.key(EsspCipher.DEFAULT_FIXED_KEY, agreed);
      this.cipher = new EsspCipher(key, new SecureRandom());
    }

    public void says(byte[] command) {
      packet(seals ? cipher.seal(command) : command);
      seals = !seals;
    }

    private Buffer packet(byte[] data) {
      flag = !flag;
      return wire.send(Buffer.buffer(new SspPacket(flag, 0, data).encoded()));
    }

    private static byte[] command(int code, byte[] number) {
      return Buffer.buffer().appendByte((byte) code).appendBytes(number).getBytes();
    }
  }
}
