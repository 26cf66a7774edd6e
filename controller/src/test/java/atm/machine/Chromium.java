package atm.machine;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The system's Chromium, driven by the system's Node: one for each class of tests.
final class Chromium implements AutoCloseable {
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

  /// What axe finds wrong with a page, one line a rule; `without` are rules that are kept
  /// otherwise.
  static List<String> axe(Page page, String where, String... without) {
    AxeBuilder axe = new AxeBuilder(page);
    if (without.length > 0) axe.disableRules(List.of(without));
    return axe.analyze().getViolations().stream()
        .map(
            rule ->
                "%s: %s, %s: %s"
                    .formatted(
                        where,
                        rule.getId(),
                        rule.getHelp(),
                        rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList()))
        .toList();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
