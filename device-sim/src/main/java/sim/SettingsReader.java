package sim;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import sim.Settings.Played;
import sim.SettingsException.Mistake;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.xfs4iot.Dialect;

/// Reads devices.yaml as far as it concerns the simulator, and notes every mistake in that.
final class SettingsReader {
  static final List<String> DEVICES =
      List.of("card-reader", "pin-pad", "cash-dispenser", "cash-acceptor", "receipt-printer");

  private static final int PORT = 7070;
  private static final int PAGE = 8080;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<Mistake> mistakes = new ArrayList<>();

  static Settings read(Path file, Path folder) throws SettingsException {
    SettingsReader reader = new SettingsReader();
    Settings settings = reader.settings(reader.compose(file), folder);
    if (!reader.mistakes.isEmpty()) {
      throw new SettingsException(file, reader.mistakes);
    }
    return settings;
  }

  private Node compose(Path file) throws SettingsException {
    // One machine takes a hundred lines; a file beyond this is not one.
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(1 << 20);
    options.setNestingDepthLimit(20);
    try (var text = Files.newBufferedReader(file)) {
      Node root = new Yaml(options).compose(text);
      if (root == null) {
        throw wrong(file, 1, "the file is empty");
      }
      return root;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw wrong(file, line, "not YAML: " + e.getProblem());
    } catch (NoSuchFileException _) {
      throw wrong(file, 1, "there is no such file");
    } catch (IOException | YAMLException e) {
      throw wrong(file, 1, "cannot be read: " + e.getMessage());
    }
  }

  private static SettingsException wrong(Path file, int line, String sentence) {
    return new SettingsException(file, List.of(new Mistake(line, sentence)));
  }

  private Settings settings(Node root, Path folder) {
    YamlSection file = new YamlSection("", root, mistakes);
    Optional<YamlSection> simulator = file.section("simulator");
    int port = simulator.map(s -> s.optional("port", PORT, SettingsReader::port)).orElse(PORT);
    double speed = simulator.map(s -> s.optional("speed", 1.0, SettingsReader::speed)).orElse(1.0);
    Dialect dialect =
        simulator.map(s -> s.optional("dialect", Dialect.SPEC, Dialect::of)).orElse(Dialect.SPEC);
    Optional<List<String>> serves = simulator.flatMap(s -> s.words("serves"));
    List<Customer> customers =
        simulator.map(s -> s.sections("cards")).orElse(List.of()).stream()
            .map(this::customer)
            .toList();
    simulator.ifPresent(YamlSection::refuseUnread);
    simulator.ifPresent(s -> unlike(s, "cards", customers.stream().map(Customer::id).toList()));
    List<Played> played = new ArrayList<>();
    for (String device : DEVICES) {
      file.section(device).flatMap(entry -> played(device, entry, serves)).ifPresent(played::add);
    }
    for (String device : serves.orElse(List.of())) {
      if (played.stream().noneMatch(p -> p.device().equals(device)) && mistakes.isEmpty()) {
        simulator.ifPresent(
            s -> s.mistakeAt("serves", "names " + device + ", which has no entry to be played"));
      }
    }
    if (played.isEmpty() && mistakes.isEmpty()) {
      file.mistake("has no device at a loopback address, so there is nothing to play");
    }
    // The rest of it is the controller's to check.
    int console =
        file.section("console")
            .map(s -> s.optional("port", PAGE, SettingsReader::port))
            .orElse(PAGE);
    return new Settings(port, console, speed, dialect, folder, played, customers);
  }

  /// The device, if it is ours to play.
  private Optional<Played> played(String device, YamlSection entry, Optional<List<String>> serves) {
    URI at = entry.required("at", SettingsReader::uri);
    String driver = entry.required("driver", Function.identity());
    if (at == null || driver == null) {
      return Optional.empty();
    }
    boolean ours = serves.map(list -> list.contains(device)).orElse(isLoopback(at));
    if (!ours) {
      return Optional.empty();
    }
    boolean bytes = ByteWires.plays(device, driver);
    Set<String> schemes = bytes ? ByteWires.SCHEMES : Set.of("ws");
    if (!bytes && !driver.equals("xfs4iot") || !schemes.contains(at.getScheme())) {
      entry.mistakeAt(
          "driver",
          "is "
              + driver
              + " at "
              + at.getScheme()
              + ":, but only xfs4iot at ws:, and at tcp: or pty: "
              + ByteWires.drivers(device)
              + " can be played; leave it out of simulator.serves");
      return Optional.empty();
    }
    if (!isLoopback(at) || at.getPort() < 0 && !"pty".equals(at.getScheme())) {
      entry.mistakeAt("at", "is " + at + ", wanted a loopback host with a port to be played at");
      return Optional.empty();
    }
    List<Cassette> cassettes = List.of();
    if (device.equals("cash-dispenser")) {
      cassettes = entry.sections("cassettes").stream().map(this::cassette).toList();
      if (cassettes.isEmpty()) {
        entry.mistake("lacks cassettes");
      }
      unlike(entry, "cassettes", cassettes.stream().map(Cassette::id).toList());
    }
    boolean accepts = device.equals("cash-acceptor");
    return Optional.of(
        new Played(
            device,
            driver,
            at,
            cassettes,
            accepts ? notes(entry) : List.of(),
            accepts ? bins(entry) : List.of()));
  }

  private List<Denomination> notes(YamlSection entry) {
    List<Denomination> notes = new ArrayList<>();
    for (String word : entry.words("notes").orElse(List.of())) {
      try {
        Denomination note = Denomination.parse(word);
        if (notes.contains(note)) {
          entry.mistakeAt("notes", "has " + word + " twice");
        }
        notes.add(note);
      } catch (IllegalArgumentException wrong) {
        entry.mistakeAt("notes", "is wrong: " + wrong.getMessage());
      }
    }
    if (notes.isEmpty()) {
      entry.mistake("lacks notes");
    }
    return notes;
  }

  private List<DepositBin> bins(YamlSection entry) {
    List<DepositBin> bins = entry.sections("bins").stream().map(this::bin).toList();
    if (bins.isEmpty()) {
      entry.mistake("lacks bins");
    }
    unlike(entry, "bins", bins.stream().map(DepositBin::id).toList());
    return bins;
  }

  private DepositBin bin(YamlSection entry) {
    String id = entry.required("id", matching("(?!RETRACT|SUSPECT)[A-Z0-9]{1,8}", "such as D1"));
    Integer capacity = entry.required("capacity", whole(1, DepositBin.CAPACITY_MAX));
    entry.refuseUnread();
    return new DepositBin(id, capacity == null ? 1 : capacity);
  }

  private Cassette cassette(YamlSection entry) {
    String id = entry.required("id", matching("[A-Z0-9]{1,8}", "such as C1"));
    Denomination note = entry.required("note", Denomination::parse);
    Integer count = entry.required("count", whole(0, Cassette.CAPACITY));
    entry.refuseUnread();
    return new Cassette(id, note, count == null ? 0 : count);
  }

  private Customer customer(YamlSection entry) {
    String state =
        entry.optional(
            "card",
            "good",
            matching(
                "good|blocked|stolen|foreign|unreadable",
                "good, blocked, stolen, foreign or unreadable"));
    boolean foreign = state.equals("foreign");
    Customer customer =
        new Customer(
            entry.required("id", matching("[a-z0-9-]{1,32}", "a word such as alice")),
            entry.required("holder", matching(".{1,64}", "a name")),
            entry.required("pan", matching("\\d{12,19}", "12 to 19 digits, in quotes")),
            entry.required("expires", SettingsReader::month),
            entry.required("pin", matching("\\d{4,12}", "4 to 12 digits, in quotes")),
            state,
            foreign ? "" : entry.optional("account", "", Function.identity()));
    // The controller's side of a customer: it checks them.
    entry.optional("language", "", Function.identity());
    if (!foreign) {
      entry.optional("balance", "", Function.identity());
      entry.section("savings");
    }
    entry.refuseUnread();
    return customer;
  }

  private static void unlike(YamlSection section, String key, List<String> ids) {
    Set<String> seen = new HashSet<>();
    for (String id : ids) {
      if (id != null && !seen.add(id)) {
        section.mistakeAt(key, "has two named " + id);
      }
    }
  }

  private static boolean isLoopback(URI at) {
    String scheme = at.getScheme();
    return "pty".equals(scheme)
        || Set.of("ws", "tcp").contains(String.valueOf(scheme))
            && LOOPBACK.contains(String.valueOf(at.getHost()));
  }

  private static URI uri(String text) {
    URI uri = URI.create(text);
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException("\"" + text + "\", wanted such as ws://localhost:5846/…");
    }
    return uri;
  }

  private static int port(String text) {
    return whole(0, 65535).apply(text);
  }

  private static double speed(String text) {
    if (!text.matches("\\d{1,4}(\\.\\d{1,3})?") || Double.parseDouble(text) > 1000) {
      throw new IllegalArgumentException("\"" + text + "\", wanted 0 to 1000");
    }
    return Double.parseDouble(text);
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException("\"" + text + "\", wanted such as 2029-12");
    }
  }

  private static Function<String, Integer> whole(int least, int most) {
    return text -> {
      if (!text.matches("-?\\d{1,9}")
          || Integer.parseInt(text) < least
          || Integer.parseInt(text) > most) {
        throw new IllegalArgumentException(
            "\"" + text + "\", wanted a whole number from " + least + " to " + most);
      }
      return Integer.parseInt(text);
    };
  }

  private static Function<String, String> matching(String pattern, String wanted) {
    return text -> {
      if (!text.matches(pattern)) {
        throw new IllegalArgumentException("wanted " + wanted);
      }
      return text;
    };
  }
}
