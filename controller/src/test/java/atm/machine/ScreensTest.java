package atm.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import atm.console.Health;
import atm.console.Operating;
import atm.console.WebServer;
import atm.screen.Display;
import atm.screen.Gallery;
import atm.screen.Texts;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mockito.Mockito;

/// Every screen in every language, as a browser draws it: measured at each size of display, read by
/// axe, and held against the texts that assistive technology gets, in `src/test/resources/aria`.
/// `-Daria.renew=true` writes those anew; what changed is then seen in the diff.
class ScreensTest {
  private static final List<String> LANGUAGES =
      Stream.of("en", "de", "es", "fr", "hi", "ar", "en-XA", "ar-XB").filter(Texts::has).toList();
  private static final Path SNAPSHOTS = Path.of("src", "test", "resources", "aria");
  private static final int PATIENCE_MS = 120_000;

  private static final Map<String, Boolean> PLAIN = Map.of();
  private static final Map<String, Boolean> LARGE = Map.of("large", true);
  private static final Map<String, Boolean> CAPTIONED = Map.of("captions", true);
  private static final Map<String, Boolean> CONTRAST = Map.of("contrast", true);

  private static Vertx vertx;
  private static Chromium chromium;
  private static Page page;

  @BeforeAll
  static void open() throws Exception {
    chromium = Chromium.open();
    vertx = Vertx.vertx();
    WebServer.Shows shows =
        new WebServer.Shows(
            new Display(Clock.systemUTC()),
            new Gallery(Texts.load(LANGUAGES)).all(),
            ScreensTest::healthy,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Optional.empty(),
            Optional.empty(),
            Mockito.mock(Operating.class));
    WebServer server =
        WebServer.listen(vertx, 0, shows)
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    page =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1920, 1080)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setLocale("en-GB"))
            .newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.navigate("http://localhost:" + server.port() + "/gallery");
    page.locator("atm-screen .face").first().waitFor();
    page.evaluate(script("stage.js"));
    page.evaluate("() => stage.open()");
  }

  @AfterAll
  static void close() throws Exception {
    if (chromium != null) chromium.close();
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private static Health healthy() {
    Health.Part good = new Health.Part(true, "online", "ready", List.of());
    return new Health(true, "", Map.of(), good);
  }

  /// Letters are whole, large enough and dark enough, and none lie on others.
  @TestFactory
  Stream<DynamicTest> everyTextIsSeenWhole() {
    return LANGUAGES.stream()
        .map(
            language ->
                DynamicTest.dynamicTest(
                    language,
                    () -> {
                      List<Object> wrong = new ArrayList<>();
                      for (int[] size :
                          new int[][] {{800, 480}, {1024, 768}, {1280, 800}, {1920, 1080}}) {
                        wrong.addAll(measured(language, size, PLAIN, "light"));
                        wrong.addAll(measured(language, size, LARGE, "light"));
                      }
                      int[] small = {800, 480};
                      wrong.addAll(measured(language, small, PLAIN, "dark"));
                      wrong.addAll(measured(language, small, CONTRAST, "light"));
                      wrong.addAll(measured(language, small, CAPTIONED, "dark"));
                      assertThat(wrong).isEmpty();
                    }));
  }

  /// The measuring finds what it looks for.
  @Test
  void aTextThatIsTooLongOrTooPaleIsFound() {
    Object wrong =
        page.evaluate(
            """
            () => stage.measureOne({
              lang: 'en', dir: 'ltr', screen: 'confirm', session: 's', seq: 1, severity: 'info',
              title: 'Withdraw €60?', body: ['So many words that nobody reads them. '.repeat(12)],
              options: [{ fdk: 'C', id: 'x', label: 'Donaudampfschifffahrtsgesellschaft', enabled: true }],
            }, { width: 800, height: 480, aids: {}, scheme: 'light', css: '.title { color: #888; font-size: 20px }' })
            """);

    assertThat(wrong.toString())
        .contains(
            "cut off: \"So many words",
            "cut off: \"Donau",
            "lies on",
            "contrast",
            "capitals of 14");
  }

  @TestFactory
  Stream<DynamicTest> axeFindsNothing() {
    return Stream.concat(
        LANGUAGES.stream().flatMap(tag -> Stream.of("light", "dark").map(hue -> axe(tag, hue))),
        Stream.of(axe("en", "contrast")));
  }

  private static DynamicTest axe(String language, String theme) {
    String where = language + " " + theme;
    return DynamicTest.dynamicTest(
        where,
        () -> {
          page.evaluate("([lang, hue]) => stage.showAll(lang, hue)", List.of(language, theme));
          // Contrast is measured above, and more strictly: axe guesses at what lies behind a text.
          assertThat(Chromium.axe(page, where, "color-contrast")).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsReadAloudIsAsWrittenDown() {
    return LANGUAGES.stream()
        .map(
            language ->
                DynamicTest.dynamicTest(
                    language,
                    () -> {
                      Path file = SNAPSHOTS.resolve(language + ".yaml");
                      String read = readAloud(language);
                      if (Boolean.getBoolean("aria.renew")) write(file, read);
                      assertThat(read)
                          .as("renew " + file + " with -Daria.renew=true")
                          .isEqualTo(Files.readString(file));
                    }));
  }

  private static String readAloud(String language) {
    StringBuilder all = new StringBuilder();
    int screens = (int) page.evaluate("lang => stage.count(lang)", language);
    for (int at = 0; at < screens; at++) {
      Object name = page.evaluate("([lang, at]) => stage.showOne(lang, at)", List.of(language, at));
      all.append("# ").append(name).append('\n');
      all.append(page.locator("#measured atm-screen").ariaSnapshot()).append('\n');
    }
    return all.toString();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<?> measured(
      String language, int[] size, Map<String, Boolean> aids, String scheme) {
    Map<String, Object> how =
        Map.of("width", size[0], "height", size[1], "aids", aids, "scheme", scheme);
    return (List<?>)
        page.evaluate("([lang, how]) => stage.measure(lang, how)", List.of(language, how));
  }

  private static String script(String name) throws IOException {
    try (var in = ScreensTest.class.getResourceAsStream("/browser/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
