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
import java.util.stream.IntStream;
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

  // Each in a context, and so in a process, of its own.
  private static final int PAGES = 2;

  private static Vertx vertx;
  private static Chromium chromium;
  private static List<Page> pages;

  @BeforeAll
  static void open() throws Exception {
    chromium = Chromium.open();
    vertx = Vertx.vertx();
    WebServer.Shows shows =
        new WebServer.Shows(
            new Display(Clock.systemUTC()),
            Gallery.names(),
            () -> Gallery.of(LANGUAGES).all(),
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
    pages = new ArrayList<>();
    for (int at = 0; at < PAGES; at++) pages.add(stage(server.port()));
  }

  private static Page stage(int port) throws IOException {
    Page page =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1920, 1080)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setLocale("en-GB"))
            .newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.navigate("http://localhost:" + port + "/gallery");
    page.locator("atm-screen .face").first().waitFor();
    page.evaluate(script("stage.js"));
    page.evaluate("() => stage.open()");
    Chromium.bringAxe(page);
    return page;
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

  /// Letters are whole, large enough and dark enough, and none lie on others: plain and larger at
  /// each size of display, with captions too, in each theme.
  @Test
  void everyTextIsSeenWhole() {
    assertThat(fromEach("langs => { globalThis.found = stage.measure(langs) }")).isEmpty();
  }

  /// The measuring finds what it looks for.
  @Test
  void aTextThatIsTooLongOrTooPaleIsFound() {
    Object wrong =
        pages
            .getFirst()
            .evaluate(
                """
                () => stage.measureOne({
                  lang: 'en', dir: 'ltr', screen: 'confirm', session: 's', seq: 1, severity: 'info',
                  title: 'Withdraw €60?', body: ['So many words that nobody reads them. '.repeat(12)],
                  options: [{ fdk: 'C', id: 'x', label: 'Donaudampfschifffahrtsgesellschaft', enabled: true }],
                }, '.title { color: #888; font-size: 20px }')
                """);

    assertThat(wrong.toString())
        .contains(
            "cut off: \"So many words",
            "cut off: \"Donau",
            "lies on",
            "contrast",
            "capitals of 14");
  }

  @Test
  void wordsDoNotShrinkForAPictureThatMoves() {
    Object granted =
        pages
            .getFirst()
            .evaluate(
                """
                () => stage.titleOf({
                  lang: 'en', dir: 'ltr', screen: 'insert-cash', session: 's', seq: 1, severity: 'info',
                  title: 'Put in notes', body: ['Up to 200 notes.'],
                  options: [{ fdk: 'I', id: 'cancel', label: 'Cancel', enabled: true }],
                }, '.time-ring, .ringed .picture { animation: none !important; transform: rotate(45deg) scale(3) !important }')
                """);

    assertThat(granted).isEqualTo("1");
  }

  @Test
  void axeFindsNothing() {
    assertThat(fromEach("langs => { globalThis.found = stage.axe(langs) }")).isEmpty();
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
    Page page = pages.getFirst();
    StringBuilder all = new StringBuilder();
    int screens = (int) page.evaluate("lang => stage.count(lang)", language);
    for (int at = 0; at < screens; at++) {
      Object name = page.evaluate("([lang, at]) => stage.showOne(lang, at)", List.of(language, at));
      all.append("# ").append(name).append('\n');
      all.append(page.locator("#measured atm-screen").ariaSnapshot()).append('\n');
    }
    return all.toString();
  }

  /// What is found in all languages: each page begins with its part, then all are waited for.
  private static List<Object> fromEach(String begin) {
    for (int at = 0; at < PAGES; at++) {
      int first = at;
      List<String> part =
          IntStream.range(0, LANGUAGES.size())
              .filter(i -> i % PAGES == first)
              .mapToObj(LANGUAGES::get)
              .toList();
      pages.get(at).evaluate(begin, part);
    }
    List<Object> found = new ArrayList<>();
    for (Page page : pages) found.addAll((List<?>) page.evaluate("() => found"));
    return found;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String script(String name) throws IOException {
    try (var in = ScreensTest.class.getResourceAsStream("/browser/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
