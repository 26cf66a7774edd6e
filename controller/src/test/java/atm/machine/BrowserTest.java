package atm.machine;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person at the page: the whole machine in a real browser, by clicking and by typing. Keeps a
/// picture of each screen under `target/screens` and lets axe look at each.
class BrowserTest {
  private static final Path SCREENS = Path.of("target", "screens");
  // A machine that builds other things as well can take its time; nothing here waits for a clock.
  private static final int PATIENCE_MS = 120_000;

  private static Chromium chromium;

  @TempDir Path folder;
  private TestMachine machine;
  private Page page;
  private final List<String> complaints = new ArrayList<>();
  private int pictures;

  @BeforeAll
  static void openBrowser() throws Exception {
    Files.createDirectories(SCREENS);
    chromium = Chromium.open();
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) chromium.close();
  }

  @AfterEach
  void stop() throws Exception {
    if (page != null) page.context().close();
    if (machine != null) machine.close();
  }

  @Test
  void sixtyEurosAndAReceiptByClicking() throws Exception {
    opens(ColorScheme.LIGHT, 1280, 800);
    looksAt("idle");
    clicks("Insert the card of Alice Martin, PIN 1234");
    looksAt("pin");
    for (String key : List.of("1", "2", "3", "4")) clicksKey(key);
    assertThat(page.locator(".dots .is-set")).hasCount(4);
    clicksKey("enter");
    looksAt("menu");
    clicksBeside("Withdraw");
    looksAt("fast-cash");
    clicksBeside("Other amount");
    waitsFor("amount");
    clicksKey("6");
    clicksKey("0");
    looksAt("amount");
    clicksKey("enter");
    looksAt("confirm");
    clicksKey("enter");
    looksAt("receipt-choice");
    clicksBeside("Yes");
    looksAt("take-card");
    clicks("Take the card of Alice Martin");
    looksAt("take-cash");
    page.getByRole(AriaRole.BUTTON, starts("Take the notes: 1 × ")).click();
    page.getByRole(AriaRole.BUTTON, starts("Take the receipt")).waitFor();
    looksAt(page.locator("body").getAttribute("data-screen"));
    page.getByRole(AriaRole.BUTTON, starts("Take the receipt")).click();
    waitsFor("idle");

    assertThat(complaints).isEmpty();
    machine.booksAndBoxesAgree();
  }

  @Test
  void aBalanceByKeyboardAlone() throws Exception {
    opens(ColorScheme.DARK, 1280, 800);
    looksAt("idle");
    page.getByRole(AriaRole.BUTTON, starts("Insert the card of Chiara Russo")).focus();
    page.keyboard().press("Enter");
    waitsFor("pin");
    page.keyboard().type("4711");
    looksAt("pin");
    page.keyboard().press("Enter");
    looksAt("menu");
    page.keyboard().press(fdkBeside("Balance").toLowerCase(java.util.Locale.ROOT));
    looksAt("balance");
    page.keyboard().press("Escape");
    looksAt("take-card");
    page.getByRole(AriaRole.BUTTON, starts("Take the card")).focus();
    page.keyboard().press("Enter");
    waitsFor("idle");

    assertThat(complaints).isEmpty();
  }

  @Test
  void aControllerThatIsGoneIsSeenAndComesBackIntoTheRightState() throws Exception {
    opens(ColorScheme.LIGHT, 1024, 768);
    waitsFor("idle");
    clicks("Insert the card of Alice Martin, PIN 1234");
    waitsFor("pin");
    machine.stopController();
    page.locator(".overlay").waitFor(new Locator.WaitForOptions().setTimeout(2000));
    keepsPicture("connection-lost");

    machine.startController();
    page.getByRole(AriaRole.BUTTON, starts("Take the card of Alice Martin")).click();
    waitsFor("idle");

    assertThat(page.locator(".overlay")).hasCount(0);
  }

  @Test
  void theGalleryShowsEveryScreen() throws Exception {
    opens(ColorScheme.LIGHT, 1280, 800);
    page.navigate("http://localhost:" + machine.port() + "/gallery");
    page.locator("atm-screen").first().waitFor();

    assertThat(page.locator("atm-screen").count()).isGreaterThan(20);
    complaints.addAll(Chromium.axe(page, "gallery"));
    assertThat(complaints).isEmpty();
  }

  /// DESIGN's budget: what a kiosk loads, without fonts, as a server would send it compressed.
  @Test
  void thePageIsSmall() throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
    page = chromium.browser().newContext().newPage();
    // A kiosk has no simulator around it, and loads nothing of one.
    page.route(
        "**/kiosk.json",
        route -> route.fulfill(new Route.FulfillOptions().setBody("{\"simulator\":null}")));
    Map<String, Integer> sizes = new TreeMap<>();
    page.onResponse(
        response -> {
          if (response.url().matches(".*(/|\\.(js|css|html|json|svg))$")) {
            sizes.put(response.url(), gzipped(response.body()));
          }
        });
    page.navigate("http://localhost:" + machine.port() + "/");
    waitsFor("idle");

    assertThat(sizes).hasSizeGreaterThan(10);
    assertThat(sizes.keySet()).noneMatch(url -> url.matches(".*(dock|machine).*\\.js"));
    assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum())
        .as("bytes in " + sizes)
        .isLessThanOrEqualTo(60 * 1024);
  }

  private static int gzipped(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.size();
  }

  private void opens(ColorScheme theme, int width, int height) throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
    page =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(theme)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setLocale("en-GB"))
            .newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(
        message -> {
          // A machine that is still starting says so by 503, and Chromium remarks on it.
          boolean expected =
              message.location().contains("/health")
                  || message.text().contains("WebSocket connection")
                  || message.text().contains("ERR_CONNECTION_REFUSED");
          if (message.type().equals("error") && !expected) {
            complaints.add("console: %s %s".formatted(message.text(), message.location()));
          }
        });
    page.onPageError(error -> complaints.add("page: " + error));
    page.onRequest(
        request -> {
          if (!request.url().startsWith("http://localhost:")
              && !request.url().startsWith("data:")) {
            complaints.add("a request left this machine: " + request.url());
          }
        });
    page.navigate("http://localhost:" + machine.port() + "/");
  }

  private void waitsFor(String screen) {
    page.locator("body[data-screen='" + screen + "']").waitFor();
  }

  private void looksAt(String screen) {
    waitsFor(screen);
    keepsPicture(screen);
    complaints.addAll(Chromium.axe(page, screen));
  }

  private void keepsPicture(String name) {
    String theme =
        page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches").equals(true)
            ? "dark"
            : "light";
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENS.resolve("%s-%02d-%s.png".formatted(theme, ++pictures, name))));
  }

  private void clicks(String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
  }

  private static Page.GetByRoleOptions starts(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private void clicksKey(String key) {
    page.locator(".pad [data-key='" + key + "']").click();
  }

  private void clicksBeside(String label) {
    page.locator(".fdk[data-key='" + fdkBeside(label) + "']").click();
  }

  private String fdkBeside(String label) {
    return page.locator("[data-fdk]", new Page.LocatorOptions().setHasText(label))
        .first()
        .getAttribute("data-fdk");
  }
}
