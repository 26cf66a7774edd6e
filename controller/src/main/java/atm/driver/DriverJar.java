package atm.driver;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/// The drivers in one jar of the `drivers` folder, loaded apart from those of other jars. Libraries
/// that they need lie in a folder beside it, as `Class-Path` in its manifest says.
final class DriverJar {
  private static final String ENTRY = "META-INF/services/" + Driver.class.getName();

  private DriverJar() {}

  /// At least one, or a sentence that says why not.
  static List<Driver> drivers(Path jar) {
    ClassLoader ours = DriverJar.class.getClassLoader();
    try {
      refuseWithoutEntry(jar);
      // Stays open as long as the program runs: drivers load classes when they first need them.
      URLClassLoader theirs =
          new URLClassLoader(jar.getFileName().toString(), new URL[] {jar.toUri().toURL()}, ours);
      try {
        return drivers(jar, ours, theirs);
      } catch (RuntimeException | Error refused) {
        theirs.close();
        throw refused;
      }
    } catch (IOException unreadable) {
      throw new DriverException(jar + " cannot be read: " + unreadable.getMessage(), unreadable);
    } catch (ServiceConfigurationError | LinkageError wrong) {
      throw new DriverException(jar + " cannot be used: " + reason(wrong), wrong);
    }
  }

  private static List<Driver> drivers(Path jar, ClassLoader ours, ClassLoader theirs) {
    Set<Class<?>> known =
        ServiceLoader.load(Driver.class, ours).stream()
            .map(Provider::type)
            .collect(Collectors.toSet());
    List<Driver> drivers =
        ServiceLoader.load(Driver.class, theirs).stream()
            .filter(provider -> !known.contains(provider.type()))
            .map(Provider::get)
            .toList();
    if (drivers.isEmpty()) {
      throw new DriverException(jar + ": its " + ENTRY + " names no driver of its own");
    }
    return drivers;
  }

  private static void refuseWithoutEntry(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getEntry(ENTRY) == null) {
        throw new DriverException(
            jar
                + " names no driver: it lacks "
                + ENTRY
                + " (a library belongs into a folder"
                + " beside it)");
      }
    }
  }

  /// In words for who put the jar there; the JVM's own name only the class.
  static String reason(Throwable wrong) {
    return switch (wrong) {
      case ServiceConfigurationError e when e.getCause() instanceof LinkageError linkage ->
          reason(linkage);
      case ServiceConfigurationError e ->
          e.getMessage().replace(Driver.class.getName() + ": ", "")
              + (e.getCause() == null ? "" : ": " + e.getCause());
      case NoClassDefFoundError missing ->
          "it needs the class " + missing.getMessage().replace('/', '.') + ", which is not there";
      case LinkageError other ->
          "it was made for another controller or another Java: " + other.getMessage();
      default -> wrong.toString();
    };
  }
}
