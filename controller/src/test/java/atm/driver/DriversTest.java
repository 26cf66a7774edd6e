package atm.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {
  /// A driver as somebody else would write it.
  public static class Foreign implements Driver {
    @Override
    public String name() {
      return "foreign";
    }

    @Override
    public Set<DeviceKind> kinds() {
      return Set.of(DeviceKind.CARD_READER);
    }

    @Override
    public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
      return List.of();
    }

    @Override
    public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
      throw new UnsupportedOperationException("never opened here");
    }
  }

  @TempDir Path folder;

  @Test
  void theDriversOnTheClassPathAreFoundAndOthersNamedWithThem() throws IOException {
    Drivers drivers = Drivers.find(folder.resolve("none"));

    assertThat(drivers.mistakes(entry("card-reader", "xfs4iot", "ws://localhost:1/x"))).isEmpty();
    assertThat(drivers.mistakes(entry("card-reader", "lcdm", "ws://localhost:1/x")))
        .singleElement(STRING)
        .startsWith("names driver \"lcdm\", which there is not; known are ")
        .contains("xfs4iot");
  }

  @Test
  void aJarInTheFolderAddsItsDriver() throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("foreign.jar")))) {
      jar.putNextEntry(new JarEntry("META-INF/services/atm.driver.Driver"));
      jar.write(Foreign.class.getName().getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    Drivers drivers = Drivers.find(folder);

    assertThat(drivers.mistakes(entry("card-reader", "foreign", "any:thing"))).isEmpty();
    assertThat(drivers.mistakes(entry("pin-pad", "foreign", "any:thing")))
        .containsExactly("names driver foreign, which drives only [card-reader]");
    assertThat(drivers.mistakes(entry("pin-pad", "xfs4iot", "ws://localhost:1/x"))).isEmpty();
  }

  @Test
  void twoDriversOfOneNameAreRefusedByName() {
    assertThatThrownBy(() -> new Drivers(List.of(new Foreign(), new Foreign())))
        .hasMessageContaining("two drivers are named foreign")
        .hasMessageContaining(Foreign.class.getName());
  }

  @Test
  void anEntryThatCannotBeDrivenIsToldInSentences() throws IOException {
    Drivers drivers = Drivers.find(folder);

    assertThat(drivers.mistakes(entry("cash-dispenser", "xfs4iot", "tcp://localhost:1")))
        .containsExactly("at: tcp://localhost:1 is not ws: or wss:, which xfs4iot needs");
  }

  private static DeviceEntry entry(String key, String driver, String at) {
    return new DeviceEntry(key, driver, URI.create(at), List.of(), 4);
  }
}
