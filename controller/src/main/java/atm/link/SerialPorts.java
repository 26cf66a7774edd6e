package atm.link;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The serial ports there are.
public final class SerialPorts {
  private static final Path BY_ID = Path.of("/dev/serial/by-id");

  private SerialPorts() {}

  /// What each port is, by the address that finds it again after it was unplugged: by its id where
  /// the system made one, else by its device file.
  public static Map<String, String> all() {
    Map<String, String> ids = new TreeMap<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(BY_ID)) {
      for (Path link : links) ids.put(link.toRealPath().toString(), link.toString());
    } catch (IOException none) {
      // Without a USB adapter there is no such folder.
    }
    Map<String, String> ports = new TreeMap<>();
    Stream.of(SerialPort.getCommPorts())
        .forEach(
            port -> {
              String path = port.getSystemPortPath();
              ports.put("serial:" + ids.getOrDefault(path, path), port.getPortDescription());
            });
    return ports;
  }
}
