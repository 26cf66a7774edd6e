package atm;

import atm.config.Config;
import atm.config.ConfigException;
import atm.config.DeviceEntry;
import atm.device.Device;
import atm.driver.DriverException;
import atm.driver.Drivers;
import atm.link.WireRecording;
import atm.screen.Texts;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `atm trace DEVICE`: opens that one device as the controller does, and shows what goes over its
/// wire, secrets masked, until it is stopped. Of a controller that runs, `atm run --trace FILE`
/// keeps the same lines.
@Command(
    name = "trace",
    description = "Show what goes over a device's wire, live.",
    mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DEVICE", description = "Its key in the configuration.")
  private String key;

  @Option(names = "--config", description = "The machine (default: ${DEFAULT-VALUE}).")
  private Path config = Path.of("devices.yaml");

  @CommandLine.Mixin private Main.Data data;

  @CommandLine.Mixin private Main.Plugged plugged;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      Drivers drivers = plugged.find();
      Config machine = Config.read(config, drivers::mistakes, Texts::has);
      DeviceEntry entry =
          machine.under(data.folder()).devices().stream()
              .filter(device -> device.key().equals(key))
              .findFirst()
              .orElseThrow(() -> noSuch(machine));
      // The recording and the device live until the process is stopped.
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      WireRecording.onto(out);
      Device device = drivers.create(entry, Vertx.vertx());
      device.onStatus(status -> System.err.println(status.state() + ": " + status.detail()));
      device.open();
      return Main.Run.RUNNING;
    } catch (ConfigException wrong) {
      System.err.println(wrong.getMessage());
      return Main.CONFIGURATION;
    } catch (DriverException broken) {
      System.err.println(broken.getMessage());
      return Main.START_CHECK;
    }
  }

  private ParameterException noSuch(Config machine) {
    return new CommandLine.ParameterException(
        spec.commandLine(),
        "there is no device \"%s\", wanted one of %s"
            .formatted(key, machine.devices().stream().map(DeviceEntry::key).toList()));
  }
}
