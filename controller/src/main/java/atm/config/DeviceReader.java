package atm.config;

import static atm.config.Checks.matching;
import static atm.config.Checks.whole;
import static atm.config.Checks.word;

import atm.value.Money;
import java.net.URI;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads the entry of one device, whatever its kind.
///
/// @param currency the machine's
/// @param driverMistakes what the entry's driver finds wrong with it
record DeviceReader(Currency currency, Function<DeviceEntry, List<String>> driverMistakes) {
  private static final Set<String> WIRES =
      Set.of("ws", "wss", "tcp", "rfc2217", "serial", "pty", "gpio", "evdev", "pcsc");

  /// Of an entry without a wire, which is a mistake already.
  private static final URI NOWHERE = URI.create("ws:none");

  // A count beyond this is a slip of the finger.
  private static final int MOST_NOTES = 10_000;

  DeviceEntry read(String key, YamlSection entry) {
    String driver = entry.required("driver", "", word());
    URI at = entry.required("at", NOWHERE, DeviceReader::wire);
    boolean pays = key.equals("cash-dispenser");
    boolean accepts = key.equals("cash-acceptor");
    DeviceEntry device =
        new DeviceEntry(
            key,
            driver,
            at,
            pays ? cassettes(entry) : List.of(),
            accepts ? notes(entry) : List.of(),
            accepts ? bins(entry) : List.of(),
            entry.words("settings"),
            entry.line());
    entry.refuseUnread();
    if (!driver.isEmpty() && !at.equals(NOWHERE)) {
      driverMistakes.apply(device).forEach(entry::mistake);
    }
    return device;
  }

  /// One unit can be two devices; then both entries must mean the same unit.
  static Optional<String> wireOfAnother(DeviceEntry device, List<DeviceEntry> others) {
    return others.stream()
        .filter(other -> other.at().equals(device.at()) && !other.at().equals(NOWHERE))
        .filter(
            other ->
                !other.driver().equals(device.driver())
                    || !other.settings().equals(device.settings()))
        .findFirst()
        .map(
            other ->
                "is at the wire of "
                    + other.key()
                    + ", so both must name the same driver and settings");
  }

  private List<DeviceEntry.Cassette> cassettes(YamlSection entry) {
    List<DeviceEntry.Cassette> cassettes =
        entry.sections("cassettes").stream().map(this::cassette).toList();
    if (cassettes.isEmpty()) entry.mistake("lacks cassettes");
    unlike(entry, "cassettes", cassettes.stream().map(DeviceEntry.Cassette::id).toList());
    return cassettes;
  }

  private DeviceEntry.Cassette cassette(YamlSection c) {
    String id = c.required("id", "", matching("[A-Z0-9]{1,8}", "like C1"));
    Money note = c.required("note", Config.NOTHING, Money::parse);
    whatIsWrongWith(note).ifPresent(wrong -> c.mistakeAt("note", wrong));
    int count = c.required("count", 0, whole(0, MOST_NOTES));
    c.refuseUnread();
    return new DeviceEntry.Cassette(id, note, count);
  }

  private List<DeviceEntry.Bin> bins(YamlSection entry) {
    List<DeviceEntry.Bin> bins = entry.sections("bins").stream().map(DeviceReader::bin).toList();
    if (bins.isEmpty()) entry.mistake("lacks bins");
    unlike(entry, "bins", bins.stream().map(DeviceEntry.Bin::id).toList());
    return bins;
  }

  private static DeviceEntry.Bin bin(YamlSection b) {
    String id = b.required("id", "", matching("[A-Z0-9]{1,8}", "like D1"));
    if (Set.of("RETRACT", "SUSPECT").contains(id)) {
      b.mistakeAt("id", "is " + id + ", the name of a bin that each acceptor has");
    }
    int capacity = b.required("capacity", 1, whole(1, MOST_NOTES));
    b.refuseUnread();
    return new DeviceEntry.Bin(id, capacity);
  }

  /// The notes that are recognised, in the order of the file.
  private List<Money> notes(YamlSection entry) {
    List<Money> notes = new ArrayList<>();
    List<String> texts = entry.texts("notes");
    if (texts.isEmpty()) entry.mistake("lacks notes");
    for (String text : texts) {
      try {
        Money note = Money.parse(text);
        whatIsWrongWith(note).ifPresent(wrong -> entry.mistakeAt("notes", text + " " + wrong));
        if (notes.contains(note)) entry.mistakeAt("notes", "has " + text + " twice");
        notes.add(note);
      } catch (IllegalArgumentException wrong) {
        entry.mistakeAt("notes", "is wrong: " + wrong.getMessage());
      }
    }
    return notes;
  }

  private Optional<String> whatIsWrongWith(Money note) {
    if (note == Config.NOTHING) return Optional.empty();
    if (!note.currency().equals(currency)) {
      return Optional.of("is in " + note.currency() + ", the machine in " + currency);
    }
    return note.isZero() ? Optional.of("is worth nothing") : Optional.empty();
  }

  private static void unlike(YamlSection entry, String key, List<String> ids) {
    Set<String> seen = new HashSet<>();
    for (String id : ids) {
      if (!id.isEmpty() && !seen.add(id)) entry.mistakeAt(key, "has two named " + id);
    }
  }

  private static URI wire(String text) {
    URI uri = URI.create(text);
    if (uri.getScheme() == null || !WIRES.contains(uri.getScheme())) {
      throw new IllegalArgumentException(
          "\"" + text + "\" names no wire; wanted one of " + WIRES.stream().sorted().toList());
    }
    return uri;
  }
}
