package atm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.device.DeviceKind;
import atm.value.AccountKind;
import atm.value.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  private static final Predicate<String> ANY = _ -> true;
  private static final String WHOLE =
      """
      card-reader: { driver: xfs4iot, at: ws://localhost:5846/xfs4iot/v1.0/card-reader }
      pin-pad: { driver: xfs4iot, at: ws://localhost:5846/xfs4iot/v1.0/pin-pad }
      cash-dispenser:
        driver: xfs4iot
        at: ws://localhost:5846/xfs4iot/v1.0/cash-dispenser
        cassettes:
          - { id: C1, note: 20 EUR, count: 2000 }
      atm:
        id: ATM00001
        currency: EUR
        languages: [ en, de ]
        limits: { per-withdrawal: 500 EUR, per-day: 1000 EUR }
      """;

  @TempDir Path folder;

  @Test
  void oneUnitCanBeTwoDevicesButTwoUnitsCannotShareAWire() throws Exception {
    String acceptor =
        """
        cash-acceptor:
          driver: %s
          at: ws://localhost:5846/xfs4iot/v1.0/cash-dispenser
          notes: [ 20 EUR ]
          bins:
            - { id: D1, capacity: 500 }
        """;
    Path file = folder.resolve("devices.yaml");

    Files.writeString(file, WHOLE + acceptor.formatted("xfs4iot"));
    assertThat(Config.read(file, _ -> List.of(), ANY).devices()).hasSize(4);

    Files.writeString(file, WHOLE + acceptor.formatted("ssp"));
    assertThatThrownBy(() -> Config.read(file, _ -> List.of(), ANY))
        .hasMessageContaining(
            "is at the wire of cash-dispenser, so both must name the same driver and settings");
  }

  @Test
  void theFileThatIsShippedIsRight() throws Exception {
    Config config = Config.read(Path.of("../devices.yaml"), _ -> List.of(), ANY);

    assertThat(config.devices()).extracting(DeviceEntry::key).hasSize(5);
    assertThat(config.machine().limits().card().perWithdrawal()).isEqualTo(Money.parse("500 EUR"));
    assertThat(config.simulator().orElseThrow().cards()).hasSize(13);
    assertThat(config.toString()).doesNotContain("1234").doesNotContain("4711");
  }

  @Test
  void thePseudoTerminalsOfAMachineAreInItsDataFolderUnlessTheirNamesAreAbsolute()
      throws Exception {
    Path file = folder.resolve("devices.yaml");
    Files.writeString(
        file,
        WHOLE
            .replace("ws://localhost:5846/xfs4iot/v1.0/card-reader", "'pty:reader?baud=9600'")
            .replace("ws://localhost:5846/xfs4iot/v1.0/pin-pad", "pty:/dev/pts/7"));
    Path data = folder.resolve("da ta");

    Config config = Config.read(file, _ -> List.of(), ANY).under(data);

    assertThat(config.devices().get(0).at().getSchemeSpecificPart())
        .isEqualTo(data.resolve("reader") + "?baud=9600");
    assertThat(config.devices().get(1).at()).hasToString("pty:/dev/pts/7");
    assertThat(config.devices().get(2).at().getScheme()).isEqualTo("ws");
  }

  @Test
  void knowsTheKeysOfTheKindsOfDevice() {
    assertThat(Config.DEVICE_KEYS)
        .containsExactlyElementsOf(
            Arrays.stream(DeviceKind.values()).map(DeviceKind::key).toList());
  }

  @Test
  void everyMistakeIsToldAtOnceByItsLine() {
    assertThat(
            mistakesIn(
                """
                cash-dispenser:
                  driver: xfs4iot
                  at: carrier-pigeon:roof
                  colour: green
                  cassettes:
                    - { id: C1, note: 20 USD, count: -5 }
                    - { id: C1, note: 20 EUR, count: 10 }
                printer: {}
                atm:
                  id: ATM00001
                  currency: EUR
                  languages: [ en ]
                  limits: { per-withdrawal: lots, per-day: 1000 EUR }
                """))
        .containsExactly(
            "devices.yaml:1: the file lacks card-reader; nobody could log in without it",
            "devices.yaml:1: the file lacks pin-pad; nobody could log in without it",
            "devices.yaml:3: cash-dispenser at is wrong: \"carrier-pigeon:roof\" names no wire;"
                + " wanted one of [evdev, gpio, pcsc, pty, rfc2217, serial, tcp, ws, wss]",
            "devices.yaml:4: cash-dispenser does not know colour; it knows driver, at, cassettes, settings",
            "devices.yaml:6: cash-dispenser.cassettes note is in USD, the machine in EUR",
            "devices.yaml:6: cash-dispenser.cassettes count is wrong: \"-5\", wanted a whole number"
                + " from 0 to 10000",
            "devices.yaml:6: cash-dispenser cassettes has two named C1",
            "devices.yaml:8: the file does not know printer; it knows atm, card-reader, pin-pad,"
                + " cash-dispenser, cash-acceptor, receipt-printer, host, console, simulator",
            "devices.yaml:13: atm.limits per-withdrawal is wrong: \"lots\" is not an amount; wanted"
                + " like \"60 EUR\" or \"12.34 EUR\"");
  }

  @Test
  void aDispenserWantsCassettes() {
    assertThat(mistakesIn(WHOLE.replaceAll("(?m)^  cassettes:\\n.*\\n", "")))
        .containsExactly("devices.yaml:4: cash-dispenser lacks cassettes");
  }

  @Test
  void everyMistakeOfAnAcceptorIsToldByItsLine() {
    assertThat(
            mistakesIn(
                WHOLE
                    + """
                      cash-acceptor:
                        driver: xfs4iot
                        at: ws://localhost:5846/xfs4iot/v1.0/cash-acceptor
                        cassettes: []
                        notes: [ 20 EUR, 20 USD, 0 EUR, twenty, 20 EUR ]
                        bins:
                          - { id: D1, capacity: 0 }
                          - { id: D1, capacity: 2000, count: 5 }
                          - { id: RETRACT, capacity: 2000 }
                      """))
        .containsExactly(
            "devices.yaml:16: cash-acceptor does not know cassettes; it knows driver, at, notes,"
                + " bins, settings",
            "devices.yaml:17: cash-acceptor notes 20 USD is in USD, the machine in EUR",
            "devices.yaml:17: cash-acceptor notes 0 EUR is worth nothing",
            "devices.yaml:17: cash-acceptor notes is wrong: \"twenty\" is not an amount; wanted"
                + " like \"60 EUR\" or \"12.34 EUR\"",
            "devices.yaml:17: cash-acceptor notes has 20 EUR twice",
            "devices.yaml:19: cash-acceptor.bins capacity is wrong: \"0\", wanted a whole number"
                + " from 1 to 10000",
            "devices.yaml:19: cash-acceptor bins has two named D1",
            "devices.yaml:20: cash-acceptor.bins does not know count; it knows id, capacity",
            "devices.yaml:21: cash-acceptor.bins id is RETRACT, the name of a bin that each"
                + " acceptor has");
  }

  @Test
  void anAcceptorWantsNotesAndBins() {
    assertThat(
            mistakesIn(
                WHOLE
                    + """
                      cash-acceptor:
                        driver: xfs4iot
                        at: ws://localhost:5846/xfs4iot/v1.0/cash-acceptor
                      """))
        .containsExactly(
            "devices.yaml:14: cash-acceptor lacks notes",
            "devices.yaml:14: cash-acceptor lacks bins");
  }

  @Test
  void whatTheDriverFindsWrongIsToldAtItsEntry() throws IOException {
    Path file = write(WHOLE);

    assertThatThrownBy(
            () -> Config.read(file, entry -> List.of("no driver " + entry.driver()), ANY))
        .hasMessageContaining("devices.yaml:1: card-reader no driver xfs4iot")
        .hasMessageContaining("devices.yaml:4: cash-dispenser no driver xfs4iot");
  }

  @Test
  void yamlThatIsNoneIsToldWithItsLine() {
    assertThat(mistakesIn("atm:\n  id: [\n"))
        .singleElement()
        .asString()
        .startsWith("devices.yaml:3: not YAML");
    assertThat(mistakesIn("")).containsExactly("devices.yaml:1: the file is empty");
    assertThat(mistakesIn("just words")).first().asString().contains("wants keys with values");
  }

  @Test
  void aLanguageWithoutWordsIsToldByItsLine() throws IOException {
    Path file = write(WHOLE);

    assertThatThrownBy(() -> Config.read(file, _ -> List.of(), "en"::equals))
        .hasMessageContaining("languages has \"de\", for which there are no words");
  }

  @Test
  void moreLanguagesThanKeysAreTooMany() throws IOException {
    String many = WHOLE.replace("[ en, de ]", "[ en, de, es, fr, hi, ar, en-XA, ar-XB ]");

    assertThat(mistakesIn(many))
        .singleElement()
        .asString()
        .contains("languages has 8 languages; the keys beside the screen are for 7");
  }

  @Test
  void aMissingFileIsToldByName() {
    assertThatThrownBy(() -> Config.read(folder.resolve("nowhere.yaml"), _ -> List.of(), ANY))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("nowhere.yaml:1: cannot be read");
  }

  @Test
  void theLimitsThatAreLeftOutAreThoseOfTheDayAndThoseOfTheCard() throws Exception {
    Config.Limits limits = Config.read(write(WHOLE), _ -> List.of(), ANY).machine().limits();

    assertThat(limits.card().perTransfer()).isEqualTo(Money.parse("1000 EUR"));
    assertThat(limits.card().transfersPerDay()).isEqualTo(Money.parse("1000 EUR"));
    assertThat(limits.perEnvelope()).isEqualTo(Money.parse("1000 EUR"));
    assertThat(limits.withoutCard()).isEqualTo(limits.card());
  }

  @Test
  void withoutACardNothingIsMoreThanWithIt() {
    assertThat(
            mistakesIn(
                WHOLE.replace(
                    "limits: { per-withdrawal: 500 EUR, per-day: 1000 EUR }",
                    """
                    limits:
                        per-withdrawal: 500 EUR
                        per-day: 1000 EUR
                        per-transfer: 10 USD
                        without-card: { per-withdrawal: 500.01 EUR, per-year: 1 EUR }
                    """)))
        .containsExactly(
            "devices.yaml:15: atm.limits per-transfer is in USD, the machine in EUR",
            "devices.yaml:16: atm.limits.without-card per-withdrawal is 500.01 EUR, more than the"
                + " 500.00 EUR with a card",
            "devices.yaml:16: atm.limits.without-card does not know per-year; it knows"
                + " per-withdrawal, per-day, per-transfer, transfers-per-day");
  }

  @Test
  void theDemoBanksCustomersAreReadWithTheirCardsAndAccounts() throws Exception {
    var cards =
        Config.read(Path.of("../devices.yaml"), _ -> List.of(), ANY)
            .simulator()
            .orElseThrow()
            .cards();

    assertThat(cards).extracting(Config.DemoCard::state).contains(Config.DemoCard.State.values());
    assertThat(cards)
        .filteredOn(card -> card.id().equals("dora"))
        .singleElement()
        .satisfies(
            dora ->
                assertThat(dora.accounts())
                    .extracting(Config.DemoAccount::kind)
                    .containsExactly(AccountKind.CURRENT, AccountKind.SAVINGS));
    assertThat(cards)
        .filteredOn(card -> card.state() == Config.DemoCard.State.FOREIGN)
        .allMatch(card -> card.accounts().isEmpty());
    assertThat(cards).extracting(Config.DemoCard::language).contains("es", "fr", "hi", "ar");
  }

  @Test
  void everyMistakeInACustomerIsToldByItsLine() {
    assertThat(
            mistakesIn(
                WHOLE
                    + """
                    simulator:
                      cards:
                        - { id: a, holder: A, pan: "4000001234567899", expires: 2029-12, pin: "1234", account: "1000000009", balance: 5 USD }
                        - { id: b, holder: B, pan: "4000002345678906", expires: 2029-13, pin: "12", card: melted, account: "1000000016", balance: 5 EUR }
                        - { id: c, holder: C, pan: "4000003456789011", expires: 2029-12, pin: "1234", card: foreign, account: "1000000024" }
                        - id: d
                          holder: D
                          pan: "4000004567890128"
                          expires: 2029-12
                          pin: "1234"
                          account: "1000000016"
                          balance: 5 EUR
                          savings: { account: "10", colour: red }
                    """))
        .containsExactly(
            "devices.yaml:15: simulator.cards account is wrong: the check digit of account number"
                + " 1000000009 is wrong",
            "devices.yaml:15: simulator.cards balance is not in EUR",
            "devices.yaml:15: simulator cards has two with the same account",
            "devices.yaml:16: simulator.cards card is wrong: \"melted\", wanted good, blocked,"
                + " stolen, foreign or unreadable",
            "devices.yaml:16: simulator.cards expires is wrong: \"2029-13\" is no month, wanted"
                + " like 2029-12",
            "devices.yaml:16: simulator.cards pin is wrong: wanted 4 to 12 digits, in quotes",
            "devices.yaml:17: simulator.cards does not know account; it knows card, id, holder, pan,"
                + " expires, pin, language",
            "devices.yaml:25: simulator.cards.savings account is wrong: an account number has 10"
                + " digits, not \"10\"",
            "devices.yaml:25: simulator.cards.savings lacks balance",
            "devices.yaml:25: simulator.cards.savings does not know colour; it knows account,"
                + " balance");
  }

  /// Whatever a slip of the keyboard makes of the file, the answer is a list of mistakes.
  @Test
  void aDamagedFileIsRefusedInWords() throws IOException {
    String shipped = Files.readString(Path.of("../devices.yaml"));
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder damaged = new StringBuilder(shipped);
      for (int slip = 0; slip <= random.nextInt(4); slip++) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.insert(at, "\t{}[]:,-\"\n&*!%0".charAt(random.nextInt(15)));
          default -> damaged.setCharAt(at, (char) (' ' + random.nextInt(95)));
        }
      }
      Path file = write(damaged.toString());
      try {
        Config.read(file, _ -> List.of(), ANY);
      } catch (ConfigException told) {
        assertThat(told.mistakes()).as("seed " + seed).isNotEmpty();
      }
    }
  }

  private List<String> mistakesIn(String yaml) {
    try {
      Config.read(write(yaml), _ -> List.of(), ANY);
      throw new AssertionError("was taken as right: " + yaml);
    } catch (ConfigException told) {
      return told.getMessage().lines().toList();
    } catch (IOException unwritable) {
      throw new IllegalStateException(unwritable);
    }
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("devices.yaml"), yaml);
  }
}
