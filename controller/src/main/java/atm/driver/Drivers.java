package atm.driver;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The drivers there are: those of the controller, and those in jars of a `drivers` folder. Two of
/// one name are a mistake, because then the order of files would decide which one moves money.
/// What is wrong with a driver itself is a `DriverException`.
public final class Drivers {
  private static final String CONTROLLER = "the controller";

  /// @param from whose it is, in words for people
  private record Found(Driver driver, String from) {
    @Override
    public String toString() {
      return driver.getClass().getName() + " of " + from;
    }
  }

  private final Map<String, Found> byName = new TreeMap<>();

  Drivers(Iterable<Driver> ours) {
    ours.forEach(driver -> add(new Found(driver, CONTROLLER)));
  }

  /// All drivers on the class path and in the jars of `folder`, which need not exist.
  public static Drivers find(Path folder) {
    Drivers drivers = new Drivers(ServiceLoader.load(Driver.class, Drivers.class.getClassLoader()));
    for (Path jar : jarsIn(folder)) {
      DriverJar.drivers(jar).forEach(driver -> drivers.add(new Found(driver, jar.toString())));
    }
    return drivers;
  }

  /// What is wrong with the entry, one sentence each; none when `create` can take it.
  public List<String> mistakes(DeviceEntry entry) {
    Found found = byName.get(entry.driver());
    if (found == null) {
      return List.of(
          "names driver \""
              + entry.driver()
              + "\", which there is not; known are "
              + String.join(", ", byName.keySet()));
    }
    DeviceKind kind = DeviceKind.of(entry.key());
    return asked(
        found,
        () ->
            found.driver.kinds().contains(kind)
                ? List.copyOf(found.driver.mistakes(kind, entry))
                : List.of(
                    "names driver "
                        + entry.driver()
                        + ", which drives only "
                        + found.driver.kinds()));
  }

  /// The device of an entry that has no mistakes. Where its driver has to check orders to pay, it
  /// takes none, and where it keeps the keys of a PIN pad, it has none.
  public Device create(DeviceEntry entry, Vertx vertx) {
    Found found = byName.get(entry.driver());
    DeviceKind kind = DeviceKind.of(entry.key());
    return asked(
        found,
        () -> {
          Device device = found.driver.create(kind, entry, vertx);
          if (device.kind() == kind) return device;
          throw new DriverException(found + " made a " + device.kind() + " of the " + kind);
        });
  }

  /// The device of an entry that has no mistakes, which may be told to pay.
  ///
  /// @param hostKey for drivers that check orders to pay in place of their device
  /// @param keyEncryptionKey for drivers that keep keys in place of their PIN pad
  public Device create(DeviceEntry entry, Vertx vertx, byte[] hostKey, byte[] keyEncryptionKey) {
    Device device = create(entry, vertx);
    if (device instanceof ChecksOrders checks) checks.trust(hostKey);
    if (device instanceof KeepsKeys keeps) keeps.keep(keyEncryptionKey);
    return device;
  }

  private void add(Found found) {
    String name = asked(found, found.driver::name);
    if (name == null || !name.matches("[a-z0-9-]{1,32}")) {
      throw new DriverException(
          found + " is named \"" + name + "\", wanted a word in small letters");
    }
    Found other = byName.putIfAbsent(name, found);
    if (other != null) {
      throw new DriverException("two drivers are named " + name + ": " + other + ", " + found);
    }
  }

  /// A driver may come from anywhere: whatever it throws is told with whose it is.
  private static <T> T asked(Found found, Supplier<T> question) {
    try {
      return question.get();
    } catch (DriverException known) {
      throw known;
    } catch (RuntimeException | LinkageError wrong) {
      throw new DriverException(found + " failed: " + DriverJar.reason(wrong), wrong);
    }
  }

  /// In the order of their names, so that the same mistake is told each time.
  private static List<Path> jarsIn(Path folder) {
    if (Files.notExists(folder)) return List.of();
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException unreadable) {
      throw new DriverException("the drivers in " + folder + " cannot be read: " + unreadable);
    }
    Collections.sort(jars);
    return jars;
  }
}
