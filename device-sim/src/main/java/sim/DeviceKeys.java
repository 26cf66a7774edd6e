package sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/// The keys that the devices share with the controller, as its key ceremony wrote them for them:
/// a properties file of mode 0600, values in hex. Never printed.
public record DeviceKeys(
    Optional<byte[]> authenticateHost,
    Optional<byte[]> authenticateDevice,
    Optional<byte[]> keyEncryption,
    Optional<byte[]> tdesMaster) {
  public static final DeviceKeys NONE =
      new DeviceKeys(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /// Reads the file; without one, the devices have no keys and say so in their status.
  static DeviceKeys read(Path file) {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (NoSuchFileException _) {
      return NONE;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return new DeviceKeys(
        key(file, properties, "XFSAuthenticateHost", 32),
        key(file, properties, "XFSAuthenticateDevice", 32),
        key(file, properties, "KEK01", 32),
        key(file, properties, "TMK01", 16));
  }

  private static Optional<byte[]> key(Path file, Properties properties, String name, int bytes) {
    String hex = properties.getProperty(name);
    if (hex == null) {
      return Optional.empty();
    }
    int digits = 2 * bytes;
    if (!hex.strip().matches("[0-9A-Fa-f]{" + digits + "}")) {
      throw new IllegalStateException(file + ": " + name + " is not " + digits + " hex digits");
    }
    return Optional.of(HexFormat.of().parseHex(hex.strip()));
  }

  @Override
  public String toString() {
    return "DeviceKeys";
  }
}
