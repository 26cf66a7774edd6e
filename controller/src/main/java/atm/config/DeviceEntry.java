package atm.config;

import atm.value.Money;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
/// @param data where its driver may keep what the device itself does not remember
public record DeviceEntry(
    String key,
    String driver,
    URI at,
    List<Cassette> cassettes,
    List<Money> notes,
    List<Bin> bins,
    Map<String, String> settings,
    int line,
    Optional<Path> data) {
  public DeviceEntry {
    cassettes = List.copyOf(cassettes);
    notes = List.copyOf(notes);
    bins = List.copyOf(bins);
    settings = Map.copyOf(settings);
  }

  public DeviceEntry(
      String key,
      String driver,
      URI at,
      List<Cassette> cassettes,
      List<Money> notes,
      List<Bin> bins,
      Map<String, String> settings,
      int line) {
    this(key, driver, at, cassettes, notes, bins, settings, line, Optional.empty());
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

  /// The same, with what is written for it in `data`: the name of a pseudo-terminal, unless it is
  /// absolute, and what its driver keeps.
  DeviceEntry under(Path data) {
    URI there = at.getScheme().equals("pty") ? pty(data) : at;
    return new DeviceEntry(
        key, driver, there, cassettes, notes, bins, settings, line, Optional.of(data));
  }

  private URI pty(Path data) {
    String[] parts = at.getSchemeSpecificPart().split("\\?", 2);
    String name = data.toAbsolutePath().resolve(parts[0]).normalize().toString();
    return pty(name, parts);
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
