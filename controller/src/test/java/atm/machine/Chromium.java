package atm.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The system's Chromium, driven by the system's Node: one for each class of tests.
final class Chromium implements AutoCloseable {
  private static final String AXE = axeItself();

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /// Opens one. Where there is none the tests are skipped, aloud; in CI they fail.
  static Chromium open() {
    Path program = tool("chromium");
    Path node = tool("node");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--force-color-profile=srgb",
                            "--font-render-hinting=none")));
    return new Chromium(playwright, browser);
  }

  private static Path tool(String name) {
    Optional<Path> found =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isPresent()) return found.get();
    String missing = "the browser tests want " + name + ", which is not on the path";
    System.err.println("SKIPPED: " + missing);
    return "true".equals(System.getenv("CI")) ? fail(missing) : abort(missing);
  }

  Browser browser() {
    return browser;
  }

  /// What axe finds wrong with a page, one line a rule.
  static List<String> axe(Page page, String where) {
    bringAxe(page);
    Object found =
        page.evaluate(
            """
            async where => (await axe.run({ resultTypes: ['violations'] })).violations.map(
                ({ id, help, nodes }) =>
                    `${where}: ${id}, ${help}: ${nodes.slice(0, 3).map(({ html }) => html)}`)
            """,
            where);
    return ((List<?>) found).stream().map(Object::toString).toList();
  }

  /// Puts axe into a page that has none yet. Asked there, it tells only what it was asked for;
  /// axe's own builder has all of it brought to Java, by a second page.
  static void bringAxe(Page page) {
    if (page.evaluate("() => 'axe' in globalThis").equals(false)) page.evaluate(AXE);
  }

  private static String axeItself() {
    try (var in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    playwright.close();
  }
}
