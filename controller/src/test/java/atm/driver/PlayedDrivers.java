package atm.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// The drivers there are, some of them in front of a world that is played.
public final class PlayedDrivers {
  private PlayedDrivers() {}

  /// @param played in the place of those of the same names
  public static Drivers with(Driver... played) {
    List<Driver> all = new ArrayList<>(List.of(played));
    List<String> names = all.stream().map(Driver::name).toList();
    for (Driver driver : ServiceLoader.load(Driver.class)) {
      if (!names.contains(driver.name())) all.add(driver);
    }
    return new Drivers(all);
  }
}
