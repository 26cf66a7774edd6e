package atm.link;

import java.net.URI;
import java.util.List;

/// Where a byte link leads: the `at` of a device whose protocol is made of bytes.
public sealed interface ByteAddress {
  List<String> SCHEMES = List.of("serial", "tcp", "pty");

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

  /// Reads the `at` of a device; what the address leaves out of the line settings is `usual` for
  /// the device. Throws with a sentence, for the file's reader, when it leads nowhere.
  static ByteAddress of(URI at, LineSettings usual) {
    try {
      return switch (String.valueOf(at.getScheme())) {
        case "tcp" -> tcp(at);
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
    boolean more = at.getRawPath() != null && !at.getRawPath().isEmpty();
    if (at.getHost() == null || at.getPort() < 1 || more || at.getRawQuery() != null) {
      throw new IllegalArgumentException("wanted like tcp://host:7103");
    }
    return new Tcp(at.getHost(), at.getPort());
  }

  /// `serial:/dev/ttyS0` has a path, `pty:data/lcdm` is opaque: the part after the scheme is the
  /// same for both.
  private static Serial serial(URI at, LineSettings usual) {
    String[] parts = at.getSchemeSpecificPart().split("\\?", 2);
    if (parts[0].isEmpty() || parts[0].startsWith("//")) {
      throw new IllegalArgumentException("wanted like serial:/dev/ttyUSB0?baud=9600");
    }
    return new Serial(at.getScheme(), parts[0], parts.length == 1 ? usual : usual.with(parts[1]));
  }
}
