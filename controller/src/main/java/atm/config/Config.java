package atm.config;

import static atm.config.Checks.matching;
import static atm.config.Checks.text;
import static atm.config.Checks.whole;

import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Pan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// `devices.yaml`: one machine. Read whole or not at all.
public record Config(
    List<DeviceEntry> devices, Machine machine, int consolePort, Optional<Simulator> simulator) {
  public static final List<String> DEVICE_KEYS =
      List.of("card-reader", "pin-pad", "cash-dispenser", "cash-acceptor", "receipt-printer");

  private static final List<String> NEEDED = List.of("card-reader", "pin-pad");

  static final Currency NO_CURRENCY = Currency.getInstance("XXX");
  static final Money NOTHING = Money.zero(NO_CURRENCY);
  // A number of seconds beyond this is a slip of the finger.
  private static final int MOST_SECONDS = 3600;

  /// What the machine is called, pays, speaks and waits for.
  public record Machine(
      String id,
      String name,
      Currency currency,
      List<String> languages,
      Limits limits,
      Timeouts timeouts) {}

  /// The most one withdrawal, and one account in any 24 hours, may take.
  public record Limits(Money perWithdrawal, Money perDay) {}

  /// How long the machine waits for a customer.
  public record Timeouts(
      Duration entry,
      Duration takeCard,
      Duration takeCash,
      Duration takeReceipt,
      Duration message) {}

  /// The simulator that plays the devices, and the customers of its demo bank.
  public record Simulator(int port, List<DemoCard> cards) {}

  /// A customer of the demo bank. Prints without the PIN.
  public record DemoCard(
      String id,
      String holder,
      Pan pan,
      YearMonth expires,
      String pin,
      AccountNumber account,
      Money balance,
      String language) {
    @Override
    public String toString() {
      return "demo card " + id;
    }
  }

  /// Reads the file.
  ///
  /// @param driverMistakes what the entry's driver finds wrong with it
  /// @param speaks whether there are words for a language
  public static Config read(
      Path file, Function<DeviceEntry, List<String>> driverMistakes, Predicate<String> speaks)
      throws ConfigException {
    List<Mistake> mistakes = new ArrayList<>();
    Config config = new Reader(mistakes, driverMistakes, speaks).read(compose(file));
    if (!mistakes.isEmpty()) throw new ConfigException(file, mistakes);
    return config;
  }

  private static Node compose(Path file) throws ConfigException {
    // One machine takes a hundred lines; a file beyond this is not one.
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(1 << 20);
    options.setNestingDepthLimit(20);
    try (var text = Files.newBufferedReader(file)) {
      Node root = new Yaml(options).compose(text);
      if (root == null)
        throw new ConfigException(file, List.of(new Mistake(1, "the file is empty")));
      return root;
    } catch (MarkedYAMLException wrong) {
      Mark mark = wrong.getProblemMark();
      throw new ConfigException(
          file,
          List.of(
              new Mistake(
                  mark == null ? 1 : mark.getLine() + 1, "not YAML: " + wrong.getProblem())));
    } catch (NoSuchFileException missing) {
      throw new ConfigException(
          file, List.of(new Mistake(1, "cannot be read: there is no such file")));
    } catch (IOException | org.yaml.snakeyaml.error.YAMLException unreadable) {
      throw new ConfigException(
          file, List.of(new Mistake(1, "cannot be read: " + unreadable.getMessage())));
    }
  }

  /// Turns the tree of nodes into records, noting every mistake on the way.
  private record Reader(
      List<Mistake> mistakes,
      Function<DeviceEntry, List<String>> driverMistakes,
      Predicate<String> speaks) {

    Config read(Node root) {
      YamlSection file = YamlSection.of("", root, mistakes);
      Machine machine =
          file.section("atm")
              .map(this::machine)
              .orElseGet(
                  () -> {
                    file.mistake("lacks atm");
                    return machine(YamlSection.of("atm", root, new ArrayList<>()));
                  });
      List<DeviceEntry> devices = new ArrayList<>();
      DeviceReader reader = new DeviceReader(machine.currency(), driverMistakes);
      for (String key : DEVICE_KEYS) {
        file.section(key).ifPresent(entry -> devices.add(reader.read(key, entry)));
      }
      for (String key : NEEDED) {
        if (!file.has(key)) file.mistake("lacks " + key + "; nobody could log in without it");
      }
      file.section("host").ifPresent(this::host);
      int port = file.section("console").map(this::console).orElse(8080);
      Optional<Simulator> simulator =
          file.section("simulator").map(section -> simulator(section, machine));
      file.refuseUnread();
      return new Config(List.copyOf(devices), machine, port, simulator);
    }

    private Machine machine(YamlSection atm) {
      Currency currency = atm.required("currency", NO_CURRENCY, Reader::currency);
      String id = atm.required("id", "", matching("[A-Z0-9-]{1,16}", "like ATM00001"));
      Machine machine =
          new Machine(
              id,
              atm.optional("name", id, text(40)),
              currency,
              languages(atm),
              atm.section("limits")
                  .map(l -> limits(l, currency))
                  .orElseGet(() -> new Limits(NOTHING, NOTHING)),
              timeouts(atm.section("timeouts")));
      if (!atm.has("limits")) atm.mistake("lacks limits");
      atm.refuseUnread();
      return machine;
    }

    private List<String> languages(YamlSection atm) {
      List<String> languages = atm.texts("languages");
      for (String language : languages) {
        if (!language.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") || !speaks.test(language)) {
          atm.mistakeAt("languages", "has \"" + language + "\", for which there are no words");
        }
      }
      return languages.isEmpty() ? List.of("en") : List.copyOf(languages);
    }

    private Limits limits(YamlSection limits, Currency currency) {
      Money perWithdrawal = limits.required("per-withdrawal", NOTHING, Money::parse);
      Money perDay = limits.required("per-day", NOTHING, Money::parse);
      for (Money limit : List.of(perWithdrawal, perDay)) {
        if (limit != NOTHING && !limit.currency().equals(currency)) {
          limits.mistake("is in " + limit.currency() + ", the machine in " + currency);
        }
      }
      limits.refuseUnread();
      return new Limits(perWithdrawal, perDay);
    }

    private Timeouts timeouts(Optional<YamlSection> section) {
      Timeouts timeouts =
          new Timeouts(
              seconds(section, "entry", 30),
              seconds(section, "take-card", 20),
              seconds(section, "take-cash", 30),
              seconds(section, "take-receipt", 15),
              seconds(section, "message", 6));
      section.ifPresent(YamlSection::refuseUnread);
      return timeouts;
    }

    private Duration seconds(Optional<YamlSection> section, String key, int otherwise) {
      return Duration.ofSeconds(
          section.map(s -> s.optional(key, otherwise, whole(1, MOST_SECONDS))).orElse(otherwise));
    }

    private String host(YamlSection host) {
      String kind =
          host.required(
              "kind", "embedded", matching("embedded", "embedded, the only one there is"));
      host.refuseUnread();
      return kind;
    }

    private int console(YamlSection console) {
      int port = console.optional("port", 8080, whole(0, 65_535));
      console.refuseUnread();
      return port;
    }

    private Simulator simulator(YamlSection simulator, Machine machine) {
      int port = simulator.optional("port", 7070, whole(0, 65_535));
      simulator.optional("speed", "1", matching("\\d{1,4}(\\.\\d{1,3})?", "like 1.0"));
      simulator.optional("dialect", "spec", matching("spec|kal", "spec or kal"));
      for (String device : simulator.texts("serves")) {
        if (!DEVICE_KEYS.contains(device)) {
          simulator.mistakeAt("serves", "has " + device + ", wanted of " + DEVICE_KEYS);
        }
      }
      List<DemoCard> cards =
          simulator.sections("cards").stream().map(c -> card(c, machine.currency())).toList();
      unique(simulator, "id", cards.stream().map(DemoCard::id).toList());
      unique(simulator, "pan", cards.stream().map(c -> c.pan().digits()).toList());
      simulator.refuseUnread();
      return new Simulator(port, cards);
    }

    private static void unique(YamlSection simulator, String key, List<String> values) {
      Set<String> seen = new HashSet<>();
      for (String value : values) {
        if (!value.isEmpty() && !seen.add(value)) {
          simulator.mistakeAt("cards", "has two with the same " + key);
        }
      }
    }

    private DemoCard card(YamlSection c, Currency currency) {
      DemoCard card =
          new DemoCard(
              c.required("id", "", matching("[a-z0-9-]{1,16}", "like alice")),
              c.required("holder", "", text(40)),
              c.required("pan", new Pan("000000000000"), Pan::new),
              c.required("expires", YearMonth.of(2000, 1), Reader::month),
              c.required("pin", "", matching("\\d{4,12}", "4 to 12 digits")),
              c.required("account", new AccountNumber("0000000000"), AccountNumber::new),
              c.required("balance", NOTHING, Money::parse),
              c.optional("language", "en", matching("[a-z]{2,3}", "like en")));
      if (card.balance() != NOTHING && !card.balance().currency().equals(currency)) {
        c.mistakeAt("balance", "is not in " + currency);
      }
      c.refuseUnread();
      return card;
    }

    private static Currency currency(String code) {
      try {
        return Currency.getInstance(code);
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException("\"" + code + "\" is not an ISO 4217 currency");
      }
    }

    private static YearMonth month(String text) {
      try {
        return YearMonth.parse(text);
      } catch (java.time.DateTimeException wrong) {
        throw new IllegalArgumentException("\"" + text + "\" is no month, wanted like 2029-12");
      }
    }
  }
}
