package atm.config;

import static atm.config.Checks.matching;
import static atm.config.Checks.text;
import static atm.config.Checks.whole;

import atm.value.AccountKind;
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
import java.util.Locale;
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

  private static final AccountNumber NO_ACCOUNT = new AccountNumber("0000000000");
  // ISO 4217's code for "no currency".
  static final Currency NO_CURRENCY = Currency.getInstance("XXX");
  static final Money NOTHING = Money.zero(NO_CURRENCY);
  // A number of seconds beyond this is a slip of the finger.
  private static final int MOST_SECONDS = 3600;

  /// One key beside the screen for each, and one to go back.
  private static final int LANGUAGES_MAX = 7;

  /// What the machine is called, pays, speaks and waits for.
  public record Machine(
      String id,
      String name,
      Currency currency,
      List<String> languages,
      Limits limits,
      Timeouts timeouts) {}

  /// What customers may do with their card, and without it.
  public record Limits(Allowed card, Allowed withoutCard, Money perEnvelope) {}

  /// The most one withdrawal or transfer may take, and all of them of one account in any 24 hours.
  public record Allowed(
      Money perWithdrawal, Money perDay, Money perTransfer, Money transfersPerDay) {}

  /// How long the machine waits for a customer.
  public record Timeouts(
      Duration entry,
      Duration takeCard,
      Duration takeCash,
      Duration takeReceipt,
      Duration message) {}

  /// The simulator that plays the devices, and the customers of its demo bank.
  public record Simulator(int port, List<DemoCard> cards) {}

  /// A customer of the demo bank, or of a foreign one, which has no account here. Prints without
  /// the PIN.
  public record DemoCard(
      String id,
      String holder,
      Pan pan,
      YearMonth expires,
      String pin,
      State state,
      List<DemoAccount> accounts,
      String language) {
    public enum State {
      GOOD,
      BLOCKED,
      STOLEN,
      /// Of a bank that is not ours.
      FOREIGN,
      /// Good, but no reader gets anything from its stripe.
      UNREADABLE
    }

    @Override
    public String toString() {
      return "demo card " + id;
    }
  }

  public record DemoAccount(AccountNumber number, AccountKind kind, Money balance) {}

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

  /// The same, with the names of pseudo-terminals under the data folder, where everything that is
  /// written goes.
  public Config under(Path data) {
    return new Config(
        devices.stream().map(entry -> entry.under(data)).toList(), machine, consolePort, simulator);
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
        file.section(key)
            .ifPresent(
                entry -> {
                  DeviceEntry device = reader.read(key, entry);
                  DeviceReader.wireOfAnother(device, devices).ifPresent(entry::mistake);
                  devices.add(device);
                });
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
                  .orElseGet(() -> limits(YamlSection.none(), currency)),
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
      if (languages.size() > LANGUAGES_MAX) {
        atm.mistakeAt(
            "languages",
            "has "
                + languages.size()
                + " languages; the keys beside the screen are for "
                + LANGUAGES_MAX);
      }
      return languages.isEmpty() ? List.of("en") : List.copyOf(languages);
    }

    private Limits limits(YamlSection limits, Currency currency) {
      Money perWithdrawal = limit(limits, "per-withdrawal", Optional.empty(), currency);
      Money perDay = limit(limits, "per-day", Optional.empty(), currency);
      Allowed card =
          new Allowed(
              perWithdrawal,
              perDay,
              limit(limits, "per-transfer", Optional.of(perDay), currency),
              limit(limits, "transfers-per-day", Optional.of(perDay), currency));
      Allowed withoutCard =
          limits.section("without-card").map(w -> lower(w, card, currency)).orElse(card);
      Money perEnvelope = limit(limits, "per-envelope", Optional.of(perDay), currency);
      limits.refuseUnread();
      return new Limits(card, withoutCard, perEnvelope);
    }

    /// What is left out is as with a card; nothing may be more.
    private Allowed lower(YamlSection without, Allowed card, Currency currency) {
      Allowed allowed =
          new Allowed(
              lower(without, "per-withdrawal", card.perWithdrawal(), currency),
              lower(without, "per-day", card.perDay(), currency),
              lower(without, "per-transfer", card.perTransfer(), currency),
              lower(without, "transfers-per-day", card.transfersPerDay(), currency));
      without.refuseUnread();
      return allowed;
    }

    private Money lower(YamlSection without, String key, Money withCard, Currency currency) {
      Money limit = limit(without, key, Optional.of(withCard), currency);
      if (limit.currency().equals(withCard.currency()) && limit.isMoreThan(withCard)) {
        without.mistakeAt(key, "is " + limit + ", more than the " + withCard + " with a card");
      }
      return limit;
    }

    private Money limit(
        YamlSection limits, String key, Optional<Money> otherwise, Currency currency) {
      Money limit =
          otherwise.isPresent()
              ? limits.optional(key, otherwise.get(), Money::parse)
              : limits.required(key, Money.zero(currency), Money::parse);
      if (limits.has(key) && !limit.currency().equals(currency)) {
        limits.mistakeAt(key, "is in " + limit.currency() + ", the machine in " + currency);
      }
      return limit;
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
      unique(
          simulator,
          "account",
          cards.stream()
              .flatMap(c -> c.accounts().stream())
              .map(a -> a.number().digits())
              .filter(digits -> !digits.equals(NO_ACCOUNT.digits()))
              .toList());
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
      DemoCard.State state = c.optional("card", DemoCard.State.GOOD, Reader::cardState);
      DemoCard card =
          new DemoCard(
              c.required("id", "", matching("[a-z0-9-]{1,16}", "like alice")),
              c.required("holder", "", text(40)),
              c.required("pan", new Pan("000000000000"), Pan::new),
              c.required("expires", YearMonth.of(2000, 1), Reader::month),
              c.required("pin", "", Reader::pin),
              state,
              state == DemoCard.State.FOREIGN ? List.of() : accounts(c, currency),
              c.optional("language", "en", matching("[a-z]{2,3}", "like en")));
      c.refuseUnread();
      return card;
    }

    /// Says nothing of what it saw: even a demo's PIN is on no screen and in no log.
    private static String pin(String text) {
      if (text.matches("\\d{4,12}")) return text;
      throw new IllegalArgumentException("wanted 4 to 12 digits, in quotes");
    }

    private static DemoCard.State cardState(String word) {
      for (DemoCard.State state : DemoCard.State.values()) {
        if (state.name().toLowerCase(Locale.ROOT).equals(word)) return state;
      }
      throw new IllegalArgumentException(
          "\"" + word + "\", wanted good, blocked, stolen, foreign or unreadable");
    }

    private List<DemoAccount> accounts(YamlSection c, Currency currency) {
      List<DemoAccount> accounts = new ArrayList<>();
      accounts.add(account(c, AccountKind.CURRENT, currency));
      c.section("savings")
          .ifPresent(
              savings -> {
                accounts.add(account(savings, AccountKind.SAVINGS, currency));
                savings.refuseUnread();
              });
      return List.copyOf(accounts);
    }

    private DemoAccount account(YamlSection section, AccountKind kind, Currency currency) {
      AccountNumber number = section.required("account", NO_ACCOUNT, AccountNumber::new);
      Money balance = section.required("balance", NOTHING, Money::parse);
      if (balance != NOTHING && !balance.currency().equals(currency)) {
        section.mistakeAt("balance", "is not in " + currency);
      }
      return new DemoAccount(number, kind, balance);
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
