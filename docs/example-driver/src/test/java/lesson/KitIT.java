package lesson;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.ReceiptPrinterContract;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/// The kit is a part of the controller's tests, chosen by name: what it refers to must be in it, in
/// the controller or in the simulator.
class KitIT {
  @Test
  void itRefersToNothingThatIsLeftOut() throws Exception {
    Path kit =
        Path.of(
            ReceiptPrinterContract.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    assertThat(kit.toString()).endsWith("-tests.jar");
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    StringWriter said = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();

    jdeps.run(
        new PrintWriter(said, true),
        new PrintWriter(said, true),
        "-v",
        "--multi-release",
        "25",
        "-cp",
        path.replace(kit + File.pathSeparator, ""),
        kit.toString());

    assertThat(said.toString()).contains("atm.device.ReceiptPrinterContract");
    assertThat(said.toString().lines().filter(line -> line.endsWith("not found"))).isEmpty();
  }
}
