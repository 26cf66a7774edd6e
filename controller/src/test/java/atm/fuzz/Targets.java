package atm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.FileTargets;
import atm.config.Config;
import atm.config.ConfigException;
import atm.console.ConsoleTargets;
import atm.driver.DriverJarTargets;
import atm.driver.Drivers;
import atm.driver.crt310.Crt310Targets;
import atm.driver.emv.EmvTargets;
import atm.driver.escpos.PrinterTargets;
import atm.driver.lcdm.LcdmTargets;
import atm.driver.lcdm4000.Lcdm4000Targets;
import atm.driver.ssp.SspTargets;
import atm.driver.swipe.SwipeTargets;
import atm.driver.xfs4iot.MessageTargets;
import atm.driver.zt598.Zt598Targets;
import atm.host.embedded.TokenTargets;
import atm.ledger.HeadFileTargets;
import atm.link.LinkTargets;
import atm.screen.Texts;
import atm.value.AccountNumber;
import atm.value.DispenseToken;
import atm.value.Money;
import atm.value.Track2;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import sim.HandsTargets;
import sim.Settings;
import sim.SettingsException;
import sim.scenario.ScenarioException;
import sim.scenario.ScenarioReader;
import sim.xfs4iot.ServiceTargets;

/// Every parser that reads from outside.
final class Targets {
  private static final Map<String, Set<String>> ACTS =
      Map.of("card-reader", Set.of("insert", "take"), "pin-pad", Set.of("press"));

  private static final Drivers DRIVERS = Drivers.find(Path.of("none"));

  private Targets() {}

  static List<Target> all() {
    return Stream.of(
            values(),
            files(),
            MessageTargets.all(),
            LcdmTargets.all(),
            Lcdm4000Targets.all(),
            Crt310Targets.all(),
            SspTargets.all(),
            Zt598Targets.all(),
            EmvTargets.all(),
            PrinterTargets.all(),
            SwipeTargets.all(),
            LinkTargets.all(),
            ConsoleTargets.all(),
            TokenTargets.all(),
            HeadFileTargets.all(),
            DriverJarTargets.all(),
            FileTargets.all(),
            HandsTargets.all(),
            ServiceTargets.all(),
            SimulatorTargets.all())
        .flatMap(List::stream)
        .toList();
  }

  static Target named(String name) {
    return all().stream()
        .filter(target -> target.name().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no target \""
                        + name
                        + "\"; there are "
                        + String.join(", ", all().stream().map(Target::name).toList())));
  }

  private static List<Target> values() {
    return List.of(
        text("track", t -> Target.said(Track2.parse(t))),
        text("amount", t -> Target.said(Money.parse(t).times(2))),
        text("account", t -> Target.said(new AccountNumber(t).forPinBlock())),
        text("token", t -> Target.said(new DispenseToken(t).id())));
  }

  /// In files of their own, as the programs read them.
  private static List<Target> files() {
    return List.of(
        new Target(
            "devices-yaml",
            1 << 16,
            ConfigException.class::isInstance,
            bytes -> Config.read(file(bytes), DRIVERS::mistakes, Texts::has)),
        new Target(
            "simulator-yaml",
            1 << 16,
            SettingsException.class::isInstance,
            bytes -> Settings.read(file(bytes), Path.of("."))),
        new Target(
            "scenario",
            1 << 16,
            ScenarioException.class::isInstance,
            bytes -> ScenarioReader.read(new String(bytes, UTF_8), ACTS)));
  }

  private interface OfText {
    void read(String text) throws Exception;
  }

  private static Target text(String name, OfText reading) {
    return Target.of(
        name,
        IllegalArgumentException.class,
        bytes -> {
          try {
            reading.read(new String(bytes, UTF_8));
          } catch (ArithmeticException tooMuch) {
            // Sums that leave a long are refused, by that name.
          }
        });
  }

  private static Path file(byte[] bytes) {
    return Folder.file("devices.yaml", bytes);
  }
}
