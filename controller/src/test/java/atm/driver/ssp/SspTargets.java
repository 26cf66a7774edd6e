package atm.driver.ssp;

import atm.fuzz.Target;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.List;

public final class SspTargets {
  private SspTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("ssp-wire", ProtocolException.class, SspTargets::wire),
        Target.of("ssp-data", ProtocolException.class, SspTargets::data));
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
  }

  /// As after a good check: what a packet carries.
  private static void data(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > SspPacket.DATA_MAX) return;
    SspData.setup(bytes).ifPresent(Target.said());
    SspData.levels(bytes).ifPresent(Target.said());
    SspData.counters(bytes).ifPresent(Target.said());
    Target.said(SspEvent.all(bytes));
  }
}
