package atm.driver;

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
import java.util.Optional;
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

  public Optional<Driver> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// What to say when there is none of that name.
  public String noneNamed(String name) {
    return "there is no driver \"" + name + "\"; known are " + String.join(", ", byName.keySet());
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
