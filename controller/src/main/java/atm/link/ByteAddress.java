package atm.link;

import java.net.URI;
import java.util.List;

/// Where a byte link leads: the `at` of a device whose protocol is made of bytes.
public sealed interface ByteAddress {
  List<String> SCHEMES = List.of("serial", "tcp", "rfc2217", "pty");

  /// A server that passes bytes on, or a simulated device.
  record Tcp(String host, int port) implements ByteAddress {
    @Override
    public String toString() {
      return "tcp://" + host + ":" + port;
    }
  }

  /// A serial port, by the path it is to be found under at each opening. A pseudo-terminal is one
  /// too: nobody at our end could tell.
  record Serial(String scheme, String path, LineSettings line) implements ByteAddress {
    @Override
    public String toString() {
      return scheme + ":" + path;
    }
  }

  /// A serial port behind a server that also sets its line (RFC 2217).
  record Rfc2217(String host, int port, LineSettings line) implements ByteAddress {
    @Override
    public String toString() {
      return "rfc2217://" + host + ":" + port;
    }
  }

  /// Reads the `at` of a device; what the address leaves out of the line settings is `usual` for
  /// the device. Throws with a sentence, for the file's reader, when it leads nowhere.
  static ByteAddress of(URI at, LineSettings usual) {
    try {
      return switch (String.valueOf(at.getScheme())) {
        case "tcp" -> tcp(at);
        case "rfc2217" -> rfc2217(at, usual);
        case "serial", "pty" -> serial(at, usual);
        default ->
            throw new IllegalArgumentException(
                "no wire of bytes, wanted one of " + String.join(", ", SCHEMES));
      };
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("at: " + at + ": " + wrong.getMessage(), wrong);
    }
  }

  private static Tcp tcp(URI at) {
    if (!isHostAndPort(at) || at.getRawQuery() != null) {
      throw new IllegalArgumentException("wanted like tcp://host:7103");
    }
    return new Tcp(at.getHost(), at.getPort());
  }

  private static Rfc2217 rfc2217(URI at, LineSettings usual) {
    if (!isHostAndPort(at)) {
      throw new IllegalArgumentException("wanted like rfc2217://host:4001?baud=9600");
    }
    String query = at.getQuery();
    return new Rfc2217(at.getHost(), at.getPort(), query == null ? usual : usual.with(query));
  }

  private static boolean isHostAndPort(URI at) {
    boolean more = at.getRawPath() != null && !at.getRawPath().isEmpty();
    return at.getHost() != null && at.getPort() >= 1 && !more;
  }

  /// `serial:/dev/ttyS0` has a path, `pty:lcdm` is opaque: the part after the scheme is the
  /// same for both.
  private static Serial serial(URI at, LineSettings usual) {
    String[] parts = at.getSchemeSpecificPart().split("\\?", 2);
    if (parts[0].isEmpty() || parts[0].startsWith("//")) {
      throw new IllegalArgumentException("wanted like serial:/dev/ttyUSB0?baud=9600");
    }
    return new Serial(at.getScheme(), parts[0], parts.length == 1 ? usual : usual.with(parts[1]));
  }
}
