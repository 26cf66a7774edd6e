package sim;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.xfs4iot.Dialect;

/// What the simulator needs to know: its back door's port, that of the
/// controller's page (for scenarios), the speed of the mechanics, whose
/// XFS4IoT it speaks, the folder it writes to, the devices it plays and the customers who come.
/// Ports may be 0, for tests.
public record Settings(
    int port,
    int consolePort,
    double speed,
    Dialect dialect,
    Path folder,
    List<Played> devices,
    List<Customer> customers) {
  /// One device, the protocol it speaks, the address it is played at, a dispenser's cassettes, and
  /// the notes and bins of an acceptor.
  public record Played(
      String device,
      String driver,
      URI at,
      List<Cassette> cassettes,
      List<Denomination> notes,
      List<DepositBin> bins) {
    /// Any device but an acceptor.
    public Played(String device, String driver, URI at, List<Cassette> cassettes) {
      this(device, driver, at, cassettes, List.of(), List.of());
    }

    /// A device behind an XFS4IoT service.
    public Played(String device, URI at, List<Cassette> cassettes) {
      this(device, "xfs4iot", at, cassettes);
    }

    /// The same, with the name of a pseudo-terminal in `data`, unless it is absolute.
    private Played under(Path data) {
      if (!"pty".equals(at.getScheme())) return this;
      String[] parts = at.getSchemeSpecificPart().split("\\?", 2);
      String name = data.toAbsolutePath().resolve(parts[0]).normalize().toString();
      try {
        URI there = new URI("pty", parts.length == 1 ? name : name + "?" + parts[1], null);
        return new Played(device, driver, there, cassettes, notes, bins);
      } catch (URISyntaxException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  public Settings {
    devices = List.copyOf(devices);
    customers = List.copyOf(customers);
  }

  public Settings withSpeed(double other) {
    return new Settings(port, consolePort, other, dialect, folder, devices, customers);
  }

  /// Reads what concerns the simulator from devices.yaml; `data` is the machine's data folder.
  public static Settings read(Path file, Path data) throws SettingsException {
    return SettingsReader.read(file, data.resolve("sim")).under(data);
  }

  private Settings under(Path data) {
    List<Played> named = devices.stream().map(played -> played.under(data)).toList();
    return new Settings(port, consolePort, speed, dialect, folder, named, customers);
  }
}
