package atm.driver;

import atm.fuzz.Folder;
import atm.fuzz.Target;
import java.util.List;

public final class DriverJarTargets {
  private DriverJarTargets() {}

  public static List<Target> all() {
    return List.of(
        new Target(
            "driver-jar",
            1 << 14,
            DriverException.class::isInstance,
            bytes -> DriverJar.drivers(Folder.file("driver.jar", bytes))));
  }
}
