package atm.link;

import java.net.URI;
import java.util.List;

/// Where a byte link leads: the `at` of a device whose protocol is made of bytes.
public sealed interface ByteAddress {
  List<String> SCHEMES = List.of("tcp");

  /// A server that passes bytes on, or a simulated device.
  record Tcp(String host, int port) implements ByteAddress {
    @Override
    public String toString() {
      return "tcp://" + host + ":" + port;
    }
  }

  /// Reads the `at` of a device; what the address leaves out of the line settings is `usual` for
  /// the device. Throws with a sentence, for the file's reader, when it leads nowhere.
  static ByteAddress of(URI at, LineSettings usual) {
    String scheme = String.valueOf(at.getScheme());
    return switch (scheme) {
      case "tcp" -> {
        if (at.getHost() == null || at.getPort() < 1 || hasMore(at)) {
          throw new IllegalArgumentException("at: " + at + ", wanted like tcp://host:7103");
        }
        yield new Tcp(at.getHost(), at.getPort());
      }
      default ->
          throw new IllegalArgumentException(
              "at: " + at + " is no wire of bytes, wanted one of " + String.join(", ", SCHEMES));
    };
  }

  private static boolean hasMore(URI at) {
    return !at.getRawPath().isEmpty() || at.getRawQuery() != null;
  }
}
