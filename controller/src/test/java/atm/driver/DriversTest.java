package atm.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import atm.config.DeviceEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {
  private static final String NOTHING = "return java.util.List.of();";
  private static final String MOODY = "throw new IllegalStateException(\"moody\");";

  /// Classes as others would write them, compiled once.
  private static final Map<String, String> SOURCES =
      Map.of(
          "far.Away", driver("Away", "far-away", NOTHING, ""),
          "far.Other", driver("Other", "far-away", NOTHING, ""),
          "far.Mine", driver("Mine", "xfs4iot", NOTHING, ""),
          "far.Loud", driver("Loud", "Far Away", NOTHING, ""),
          "far.Stillborn", driver("Stillborn", "stillborn", NOTHING, "{" + MOODY + "}"),
          "far.Moody", driver("Moody", "moody", MOODY, ""),
          "far.Child", "package far; public class Child extends Away {}",
          "far.Thing", "package far; public class Thing {}",
          "far.Greeter", driver("Greeter", "greeter", "return java.util.List.of(lib.Word.HI);", ""),
          "lib.Word", "package lib; public class Word { public static String HI = \"hi\"; }");

  @TempDir static Path compiled;
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
    jar("foreign.jar", "far.Away");
    Drivers drivers = Drivers.find(folder);

    assertThat(drivers.mistakes(entry("card-reader", "far-away", "any:thing"))).isEmpty();
    assertThat(drivers.mistakes(entry("pin-pad", "far-away", "any:thing")))
        .containsExactly("names driver far-away, which drives only [card-reader]");
    assertThat(drivers.mistakes(entry("pin-pad", "xfs4iot", "ws://localhost:1/x"))).isEmpty();
  }

  @Test
  void itsLibrariesLieInAFolderBesideIt() throws IOException {
    Files.createDirectory(folder.resolve("lib"));
    pack("lib/words.jar", new Manifest(), List.of("lib.Word"), List.of());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/words.jar");
    pack("foreign.jar", manifest, List.of("far.Greeter"), List.of("far.Greeter"));

    assertThat(Drivers.find(folder).mistakes(entry("card-reader", "greeter", "any:thing")))
        .containsExactly("hi");
  }

  @Test
  void twoDriversOfOneNameAreRefusedWithTheirJars() throws IOException {
    jar("a.jar", "far.Away");
    jar("b.jar", "far.Other");

    assertThatThrownBy(() -> Drivers.find(folder))
        .isInstanceOf(DriverException.class)
        .hasMessage(
            "two drivers are named far-away: far.Away of %s, far.Other of %s",
            folder.resolve("a.jar"), folder.resolve("b.jar"));
  }

  @Test
  void aDriverOfTheControllerCannotBeReplaced() throws IOException {
    jar("x.jar", "far.Mine");

    isRefused("two drivers are named xfs4iot", "of the controller, far.Mine of ");
  }

  @Test
  void whatIsNoJarIsSaidSo() throws IOException {
    Files.writeString(folder.resolve("broken.jar"), "half a download");

    isRefused("broken.jar cannot be read: ");
  }

  @Test
  void aJarThatNamesNoDriverIsSaidSo() throws IOException {
    pack("silent.jar", new Manifest(), List.of("far.Away"), List.of());

    isRefused("silent.jar names no driver: it lacks META-INF/services/atm.driver.Driver");
  }

  @Test
  void aJarThatNamesAClassItLacksIsSaidSo() throws IOException {
    pack("empty.jar", new Manifest(), List.of(), List.of("far.Gone"));

    isRefused("empty.jar cannot be used: Provider far.Gone not found");
  }

  @Test
  void aJarThatNamesOnlyTheControllersOwnIsSaidSo() throws IOException {
    pack("echo.jar", new Manifest(), List.of(), List.of("atm.driver.lcdm.LcdmDriver"));

    isRefused("echo.jar: its META-INF/services/atm.driver.Driver names no driver of its own");
  }

  @Test
  void aClassThatIsNoDriverIsSaidSo() throws IOException {
    jar("other.jar", "far.Thing");

    isRefused("other.jar cannot be used: far.Thing not a subtype");
  }

  @Test
  void aDriverThatFailsToBeMadeIsSaidSo() throws IOException {
    jar("stillborn.jar", "far.Stillborn");

    isRefused("stillborn.jar cannot be used: Provider far.Stillborn could not be", "moody");
  }

  @Test
  void aJarWithoutAClassThatItNeedsIsSaidSo() throws IOException {
    jar("torn.jar", "far.Child");

    isRefused("torn.jar cannot be used: it needs the class far.Away, which is not there");
  }

  @Test
  void aJarThatIsRefusedIsLetGo() throws Exception {
    pack("empty.jar", new Manifest(), List.of(), List.of("far.Gone"));
    isRefused("empty.jar cannot be used");

    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.map(DriversTest::target)).noneMatch(file -> file.endsWith("empty.jar"));
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  @Test
  void aJarForAnotherJavaIsSaidSo() throws IOException {
    byte[] newer = Files.readAllBytes(compiled.resolve("far/Away.class"));
    newer[7] = 99;
    Files.write(Files.createDirectories(compiled.resolve("next")).resolve("Away.class"), newer);
    pack("newer.jar", new Manifest(), List.of("next.Away"), List.of("next.Away"));

    isRefused("newer.jar cannot be used: it was made for another controller or another Java");
  }

  @Test
  void aNameThatNoConfigurationCanSayIsRefused() throws IOException {
    jar("loud.jar", "far.Loud");

    isRefused("loud.jar is named \"Far Away\", wanted a word in small letters");
  }

  @Test
  void aDriverThatFailsWhenItIsAskedIsToldWithItsJar() throws IOException {
    jar("moody.jar", "far.Moody");
    Drivers drivers = Drivers.find(folder);
    DeviceEntry entry = entry("card-reader", "moody", "any:thing");

    assertThatThrownBy(() -> drivers.mistakes(entry))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("far.Moody of " + folder.resolve("moody.jar") + " failed: ")
        .hasMessageContaining("moody");
    assertThatThrownBy(() -> drivers.create(entry, null))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("failed: java.lang.UnsupportedOperationException");
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

  private void isRefused(String... words) {
    assertThatThrownBy(() -> Drivers.find(folder))
        .isInstanceOf(DriverException.class)
        .hasMessageContainingAll(words);
  }

  private static String driver(String name, String word, String mistakes, String constructor) {
    return """
        package far;
        import atm.config.DeviceEntry;
        import atm.device.Device;
        import atm.device.DeviceKind;
        public class %s implements atm.driver.Driver {
          public %1$s() { %s }
          public String name() { return "%s"; }
          public java.util.Set<DeviceKind> kinds() {
            return java.util.Set.of(DeviceKind.CARD_READER);
          }
          public java.util.List<String> mistakes(DeviceKind kind, DeviceEntry entry) { %s }
          public Device create(DeviceKind kind, DeviceEntry entry, io.vertx.core.Vertx vertx) {
            throw new UnsupportedOperationException("never opened here");
          }
        }
        """
        .formatted(name, constructor, word, mistakes);
  }

  @BeforeAll
  static void compile() throws IOException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-d", compiled.toString(), "-cp", path));
    for (var source : SOURCES.entrySet()) {
      Path file = compiled.resolve("src").resolve(fileOf(source.getKey(), ".java"));
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
  }

  private static String fileOf(String type, String extension) {
    return type.replace('.', '/') + extension;
  }

  private void jar(String name, String driver) throws IOException {
    pack(name, new Manifest(), List.of(driver), List.of(driver));
  }

  private void pack(String name, Manifest manifest, List<String> types, List<String> drivers)
      throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve(name)), manifest)) {
      for (String type : types) {
        jar.putNextEntry(new JarEntry(fileOf(type, ".class")));
        jar.write(Files.readAllBytes(compiled.resolve(fileOf(type, ".class"))));
      }
      if (drivers.isEmpty()) return;
      jar.putNextEntry(new JarEntry("META-INF/services/atm.driver.Driver"));
      jar.write(String.join("\n", drivers).getBytes(StandardCharsets.UTF_8));
    }
  }
}
