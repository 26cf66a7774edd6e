package atm.machine;

import static atm.device.Awaiting.awaitStatus;
import static atm.machine.TestMachine.done;
import static org.assertj.core.api.Assertions.assertThat;

import atm.Atm;
import atm.Keys;
import atm.config.Config;
import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceStatus;
import atm.driver.Drivers;
import atm.screen.Texts;
import atm.value.AccountNumber;
import atm.value.Money;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The configurations that we ship for real hardware, started where there is none: every entry is
/// one that its driver takes, and every device says what is missing. `SerialMachineTest` has the
/// one that is played.
class ConfigurationsTest {
  private static final Path SHIPPED = Path.of("../docs/configurations");

  @TempDir Path folder;
  private final Drivers drivers = Drivers.find(Path.of("none"));
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    done(vertx.close());
  }

  @Test
  void allThatAreShippedAreTestedSomewhere() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "README.md",
              "99-atm.rules",
              "pi-lcdm.yaml",
              "pi-recycler.yaml",
              "serial-simulated.yaml");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pi-lcdm.yaml", "pi-recycler.yaml"})
  void withoutItsHardwareAMachineStartsAndSaysOfEachDeviceWhatIsMissing(String file)
      throws Exception {
    Config config = read(file);
    Keys.ceremony(folder, new PrintStream(PrintStream.nullOutputStream()));
    Atm atm = Atm.start(vertx, drivers, new Atm.Setup(config, folder, 0, false), Clock.systemUTC());
    atm.stop();

    for (DeviceEntry entry : config.devices()) {
      Device device = drivers.create(entry, vertx);
      device.open();
      DeviceStatus status = awaitStatus(device, now -> !now.equals(DeviceStatus.NOT_YET));
      assertThat(status.state()).as(entry.key()).isEqualTo(DeviceStatus.State.OFFLINE);
      String place = entry.at().getSchemeSpecificPart().replaceFirst("\\?.*", "");
      // Where the computer has no smart-card service, that is what is missing.
      assertThat(status.detail()).as(entry.key()).containsAnyOf(place, "smart-card service");
      done(device.close());
    }
  }

  /// As the page beside them says: from a start with `--demo`, and there after it.
  @Test
  void itsCustomersAreFoundedOnce() throws Exception {
    Matcher cards =
        Pattern.compile("```yaml\n(simulator:.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(SHIPPED.resolve("README.md")));
    assertThat(cards.find()).isTrue();
    Path founding = folder.resolve("founding.yaml");
    Files.writeString(
        founding, Files.readString(SHIPPED.resolve("pi-lcdm.yaml")) + "\n" + cards.group(1));
    Config first = Config.read(founding, drivers::mistakes, Texts::has);
    Keys.ceremony(folder, new PrintStream(PrintStream.nullOutputStream()));
    Atm.start(vertx, drivers, new Atm.Setup(first, folder, 0, true), Clock.systemUTC()).stop();

    Atm atm =
        Atm.start(
            vertx,
            drivers,
            new Atm.Setup(read("pi-lcdm.yaml"), folder, 0, false),
            Clock.systemUTC());
    try {
      AccountNumber alice = new AccountNumber("1000000008");
      Money booked = done(atm.ledger().commit(books -> books.balance(alice).booked()));
      assertThat(booked).isEqualTo(Money.parse("100 EUR"));
    } finally {
      atm.stop();
    }
  }

  @Test
  void everyNameUnderDevIsMadeByARule() throws Exception {
    String rules = Files.readString(SHIPPED.resolve("99-atm.rules"));
    List<String> names = new ArrayList<>();
    for (String file : List.of("pi-lcdm.yaml", "pi-recycler.yaml")) {
      Pattern.compile("serial:/dev/([a-z-]+)")
          .matcher(Files.readString(SHIPPED.resolve(file)))
          .results()
          .forEach(found -> names.add(found.group(1)));
    }

    assertThat(names).hasSizeGreaterThan(5);
    assertThat(names).allSatisfy(name -> assertThat(rules).contains("SYMLINK+=\"" + name + "\""));
  }

  private Config read(String file) throws Exception {
    return Config.read(SHIPPED.resolve(file), drivers::mistakes, Texts::has);
  }
}
