package atm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import atm.driver.Driver;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the few rules that a compiler cannot hold: which package may import which, and words that
/// do not belong in our sources.
class TidyTest {
  /// The table in ARCHITECTURE.md; a package that is not in it may not exist.
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("value", Set.of()),
          Map.entry("link", Set.of("value")),
          Map.entry("device", Set.of("value")),
          Map.entry("driver", Set.of("config", "link", "device", "value")),
          Map.entry("cash", Set.of("device", "ledger", "value")),
          Map.entry("host", Set.of("ledger", "value")),
          Map.entry("ledger", Set.of("value")),
          Map.entry("session", Set.of("device", "cash", "host", "ledger", "screen", "value")),
          Map.entry("screen", Set.of("value")),
          Map.entry("console", Set.of("screen", "value")),
          Map.entry("config", Set.of("value")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("atm");

  @Test
  void everyPackageIsInTheTable() {
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(c -> packages.add(c.getPackageName()));
    packages.remove("atm");

    assertThat(packages)
        .allSatisfy(name -> assertThat(MAY_IMPORT).containsKey(name.split("\\.")[1]));
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    MAY_IMPORT.forEach(
        (from, allowed) ->
            MAY_IMPORT.keySet().stream()
                .filter(to -> !to.equals(from) && !allowed.contains(to))
                .forEach(
                    to ->
                        noClasses()
                            .that()
                            .resideInAPackage("atm." + from + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("atm." + to + "..")
                            .allowEmptyShould(true)
                            .check(CLASSES)));
  }

  @Test
  void nobodyNamesADriverAndNoDriverNamesAnother() {
    Set<String> drivers = new TreeSet<>();
    CLASSES.forEach(
        c -> {
          if (c.isAssignableTo(Driver.class)) drivers.add(c.getPackageName());
        });
    drivers.remove("atm.driver");

    assertThat(drivers).contains("atm.driver.xfs4iot", "atm.driver.lcdm");
    for (String driver : drivers) {
      noClasses()
          .that()
          .resideOutsideOfPackage(driver + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(driver + "..")
          .check(CLASSES);
    }
  }

  @Test
  void sqlStaysInTheLedgerAndTheWebInTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackage("atm.ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.h2..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("atm.console..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..")
        .check(CLASSES);
  }

  @Test
  void moneyHasNoFloatingPoint() {
    for (String place : List.of("value", "cash", "ledger", "host")) {
      noClasses()
          .that()
          .resideInAPackage("atm." + place + "..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Double.class, Float.class, java.math.BigDecimal.class)
          .check(CLASSES);
    }
  }

  @Test
  void sourcesHaveNoUnfinishedWordsNoSleepsAndNoWallClock() throws IOException {
    // Written in pieces, or this file would be its own first finding.
    Pattern unwanted =
        Pattern.compile(
            String.join(
                "|",
                "\\bTO" + "DO\\b",
                "\\bFIX" + "ME\\b",
                "Thread\\.sl" + "eep\\(",
                "System\\.current" + "TimeMillis\\(",
                "@Dis" + "abled"));
    try (Stream<Path> files =
        Stream.of("src", "../device-sim/src", "../docs/example-driver/src")
            .flatMap(TidyTest::javaFiles)) {
      assertThat(files)
          .allSatisfy(f -> assertThat(Files.readString(f)).doesNotContainPattern(unwanted));
    }
  }

  private static Stream<Path> javaFiles(String root) {
    try {
      return Files.walk(Path.of(root)).filter(f -> f.toString().endsWith(".java"));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
