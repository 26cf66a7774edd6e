package sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.Settings.Played;
import sim.SettingsException.Mistake;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void theMachineOfTheRepositoryIsRead() throws Exception {
    Settings settings = Settings.read(Path.of("../devices.yaml"), folder);
    assertThat(settings.port()).isEqualTo(7070);
    assertThat(settings.devices())
        .extracting(Played::device)
        .containsExactly(
            "card-reader", "pin-pad", "cash-dispenser", "cash-acceptor", "receipt-printer");
    assertThat(settings.devices().get(3).notes()).contains(Denomination.parse("50 EUR"));
    assertThat(settings.devices().get(3).bins()).containsExactly(new DepositBin("D1", 2000));
    assertThat(settings.devices().get(2).cassettes())
        .contains(new Cassette("C2", Denomination.parse("20 EUR"), 2000));
    Customer alice = settings.customers().getFirst();
    assertThat(new String(alice.card().track2(), StandardCharsets.US_ASCII))
        .isEqualTo("4000001234567899=29122010000012300000");
    assertThat(settings.toString()).doesNotContain("1234567899").doesNotContain("pin=");
  }

  @Test
  void everyMistakeIsFoundAtItsLine() throws IOException {
    assertThat(
            mistakes(
                """
                card-reader:
                  driver: xfs4iot
                pin-pad:
                  driver: lcdm
                  at: tcp://localhost:7103
                cash-dispenser:
                  driver: xfs4iot
                  at: ws://localhost:5846/xfs4iot/v1.0/cash-dispenser
                  cassettes:
                    - { id: C1, note: 20 Euro, count: 2000 }
                    - { id: C1, note: 20 EUR, count: -1, colour: red }
                cash-acceptor:
                  driver: xfs4iot
                  at: ws://localhost:5846/xfs4iot/v1.0/cash-acceptor
                  notes: [ 20 EUR, 20 EUR, lots, 0 EUR ]
                  bins:
                    - { id: D1, capacity: 0 }
                    - { id: D1, capacity: 20, colour: red }
                    - { id: SUSPECT, capacity: 20 }
                simulator:
                  port: 99999
                  speed: fast
                  lights: on
                  cards:
                    - { id: alice, holder: Alice, pan: "40", expires: 12/29, pin: "1234" }
                """))
        .extracting(Mistake::line)
        .containsExactlyInAnyOrder(
            2, 4, 10, 10, 11, 11, 15, 15, 15, 17, 17, 18, 19, 21, 22, 23, 25, 25);
  }

  @Test
  void aCardIsAsItsStateSaysAndWhatIsTheControllersIsLeftToIt() throws Exception {
    String pad =
        """
        pin-pad: { driver: xfs4iot, at: "ws://localhost:5846/xfs4iot/v1.0/pin-pad" }
        simulator:
          cards:
        """;
    List<Customer> customers =
        read(pad
                + """
                      - { id: ulla, holder: U, pan: "4000003344556671", expires: 2029-10, pin: "4186", card: unreadable, account: "1", balance: 1 EUR, savings: { account: "2" } }
                      - { id: fiona, holder: F, pan: "5222001122334450", expires: 2028-08, pin: "6274", card: foreign, language: en }
                  """)
            .customers();
    assertThat(customers).extracting(Customer::state).containsExactly("unreadable", "foreign");
    assertThat(customers).extracting(Customer::account).containsExactly("1", "");
    assertThat(customers.get(0).card().track2()).isNull();
    assertThat(customers.get(1).card().track2()).isNotNull();

    assertThat(
            mistakes(
                pad
                    + """
                          - { id: u, holder: U, pan: "4000003344556671", expires: 2029-10, pin: "4186", card: melted }
                          - { id: f, holder: F, pan: "5222001122334450", expires: 2028-08, pin: "6274", card: foreign, account: "1" }
                      """))
        .extracting(Mistake::line)
        .containsExactly(4, 5);
  }

  @Test
  void servesNarrowsWhatIsPlayed() throws Exception {
    String two =
        """
        card-reader: { driver: xfs4iot, at: "ws://localhost:5846/xfs4iot/v1.0/card-reader" }
        pin-pad: { driver: xfs4iot, at: "ws://localhost:5846/xfs4iot/v1.0/pin-pad" }
        receipt-printer: { driver: escpos, at: "serial:/dev/ttyUSB0" }
        """;
    assertThat(read(two).devices())
        .extracting(Played::device)
        .containsExactly("card-reader", "pin-pad");
    assertThat(read(two + "simulator: { serves: [ pin-pad ] }\n").devices())
        .extracting(Played::device)
        .containsExactly("pin-pad");
    assertThat(mistakes(two + "simulator: { serves: [ cash-acceptor ] }\n")).hasSize(1);
  }

  @Test
  void whatIsNoYamlOrNoFileIsOneMistake() throws IOException {
    for (String text : List.of("", "- a", "a: [", "a: &x [*x", "\u0000", "card-reader: 5")) {
      assertThat(mistakes(text)).as(text).isNotEmpty();
    }
    assertThatThrownBy(() -> Settings.read(folder.resolve("none.yaml"), folder))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("no such file");
  }

  private Settings read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("devices.yaml"), text);
    return Settings.read(file, folder);
  }

  private List<Mistake> mistakes(String text) throws IOException {
    try {
      read(text);
      return List.of();
    } catch (SettingsException e) {
      return e.mistakes();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
