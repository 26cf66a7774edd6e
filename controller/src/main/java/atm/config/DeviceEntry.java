package atm.config;

import atm.value.Money;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// One device of `devices.yaml`.
///
/// @param key its key in the file, such as `cash-dispenser`
/// @param driver which protocol
/// @param at over which wire
/// @param cassettes of a cash dispenser; empty for any other device
/// @param settings what else the driver wants to know, by name; the driver checks it
/// @param line where the entry stands in the file
public record DeviceEntry(
    String key,
    String driver,
    URI at,
    List<Cassette> cassettes,
    Map<String, String> settings,
    int line) {
  public DeviceEntry {
    cassettes = List.copyOf(cassettes);
    settings = Map.copyOf(settings);
  }

  /// A device whose driver wants to know no more.
  public DeviceEntry(String key, String driver, URI at, List<Cassette> cassettes, int line) {
    this(key, driver, at, cassettes, Map.of(), line);
  }

  /// One cassette: its name, its one denomination, and how many notes it is first filled with.
  public record Cassette(String id, Money note, int count) {}
}
