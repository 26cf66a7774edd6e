package atm.machine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys of an older data folder beside a pad that knows TDES alone: nobody could ever log in, so
/// the controller does not start, and says what makes the keys.
class PadWithoutKeysTest {
  @TempDir Path folder;

  @Test
  void withoutKeysForItsPinPadTheControllerSaysHowToMakeThem() throws Exception {
    Path configuration = Path.of("../docs/configurations/serial-simulated.yaml");
    TestMachine machine = TestMachine.simulated(folder, configuration, Map.of());
    try {
      Path file = folder.resolve(Keys.CONTROLLER_FILE);
      Files.writeString(file, Files.readString(file).replaceAll("(TMK01|PinKey02)=.*\n", ""));

      assertThatThrownBy(machine::withController)
          .isInstanceOf(Keys.KeyFileException.class)
          .hasMessageContaining("ISO_0")
          .hasMessageEndingWith("make them with ./atm keys --add --data " + folder);
    } finally {
      machine.close();
    }
  }
}
