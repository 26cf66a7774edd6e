package atm.config;

import atm.value.Money;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One device of `devices.yaml`.
///
/// @param key its key in the file, such as `cash-dispenser`
/// @param driver which protocol
/// @param at over which wire
/// @param cassettes of a cash dispenser; empty for any other device
/// @param notes that a cash acceptor recognises; empty for any other device
/// @param bins of a cash acceptor; empty for any other device
/// @param settings what else the driver wants to know, by name; the driver checks it
/// @param line where the entry stands in the file
public record DeviceEntry(
    String key,
    String driver,
    URI at,
    List<Cassette> cassettes,
    List<Money> notes,
    List<Bin> bins,
    Map<String, String> settings,
    int line) {
  public DeviceEntry {
    cassettes = List.copyOf(cassettes);
    notes = List.copyOf(notes);
    bins = List.copyOf(bins);
    settings = Map.copyOf(settings);
  }

  /// Any device but a cash acceptor.
  public DeviceEntry(
      String key,
      String driver,
      URI at,
      List<Cassette> cassettes,
      Map<String, String> settings,
      int line) {
    this(key, driver, at, cassettes, List.of(), List.of(), settings, line);
  }

  /// A device whose driver wants to know no more.
  public DeviceEntry(String key, String driver, URI at, List<Cassette> cassettes, int line) {
    this(key, driver, at, cassettes, Map.of(), line);
  }

  /// The same, with the name of a pseudo-terminal in `data`, unless it is absolute.
  DeviceEntry under(Path data) {
    if (!at.getScheme().equals("pty")) return this;
    String[] parts = at.getSchemeSpecificPart().split("\\?", 2);
    String name = data.toAbsolutePath().resolve(parts[0]).normalize().toString();
    return new DeviceEntry(key, driver, pty(name, parts), cassettes, notes, bins, settings, line);
  }

  private static URI pty(String name, String[] parts) {
    try {
      return new URI("pty", parts.length == 1 ? name : name + "?" + parts[1], null);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// One cassette: its name, its one denomination, and how many notes it is first filled with.
  public record Cassette(String id, Money note, int count) {}

  /// One bin for notes that come in, of whatever denomination, and how many it holds.
  public record Bin(String id, int capacity) {}
}
