package sim.wire;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;

/// The host's end of a line in a test: what it says is a script's, what it hears is compared. For
/// the device's context.
public final class Host {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final Line line;
  private Buffer heard = Buffer.buffer();

  public Host(Line line) {
    this.line = line;
    line.attach(bytes -> heard.appendBuffer(bytes), () -> {});
  }

  public void says(String hex) {
    line.arrived(Buffer.buffer(HEX.parseHex(hex)));
  }

  /// What came since it was last asked.
  public String heard() {
    String all = HEX.formatHex(heard.getBytes());
    heard = Buffer.buffer();
    return all;
  }

  /// What an exchange wants the device to say, up to the host's next word.
  public static String wanted(List<String> exchange, int from) {
    StringBuilder all = new StringBuilder();
    for (int i = from; i < exchange.size() && exchange.get(i).startsWith("< "); i++) {
      all.append(all.isEmpty() ? "" : " ").append(exchange.get(i).substring(2));
    }
    return all.toString();
  }
}
