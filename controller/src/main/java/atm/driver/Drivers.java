package atm.driver;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The drivers there are: those on the class path, and those in jars of a `drivers` folder. Two
/// of one name are a mistake, because then the order of files would decide which one moves money.
public final class Drivers {
  private final Map<String, Driver> byName = new TreeMap<>();

  Drivers(Iterable<Driver> found) {
    for (Driver driver : found) {
      Driver other = byName.putIfAbsent(driver.name(), driver);
      if (other != null) {
        throw new IllegalStateException(
            "two drivers are named "
                + driver.name()
                + ": "
                + other.getClass().getName()
                + " and "
                + driver.getClass().getName());
      }
    }
  }

  /// All drivers on the class path and in the jars of `folder`, which need not exist.
  public static Drivers find(Path folder) throws IOException {
    return new Drivers(ServiceLoader.load(Driver.class, loaderOf(folder)));
  }

  /// What is wrong with the entry, one sentence each; none when `create` can take it.
  public List<String> mistakes(DeviceEntry entry) {
    Driver driver = byName.get(entry.driver());
    if (driver == null) {
      return List.of(
          "names driver \""
              + entry.driver()
              + "\", which there is not; known are "
              + String.join(", ", byName.keySet()));
    }
    DeviceKind kind = DeviceKind.of(entry.key());
    return driver.kinds().contains(kind)
        ? driver.mistakes(kind, entry)
        : List.of("names driver " + entry.driver() + ", which drives only " + driver.kinds());
  }

  /// The device of an entry that has no mistakes. Where its driver has to check orders to pay, it
  /// takes none, and where it keeps the keys of a PIN pad, it has none.
  public Device create(DeviceEntry entry, Vertx vertx) {
    return byName.get(entry.driver()).create(DeviceKind.of(entry.key()), entry, vertx);
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

  private static ClassLoader loaderOf(Path folder) throws IOException {
    ClassLoader ours = Drivers.class.getClassLoader();
    if (!Files.isDirectory(folder)) return ours;
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : files) jars.add(urlOf(jar));
    }
    // Stays open as long as the program runs: drivers load classes when they first need them.
    return jars.isEmpty() ? ours : new URLClassLoader(jars.toArray(URL[]::new), ours);
  }

  private static URL urlOf(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}
