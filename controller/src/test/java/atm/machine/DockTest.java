package atm.machine;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.SimCashDispenser;

/// A developer at the dock beside the simulated machine, in a real browser.
class DockTest {
  private static final Path SCREENS = Path.of("target", "screens");
  private static final int PATIENCE_MS = 120_000;

  private static Chromium chromium;

  @TempDir Path folder;
  private TestMachine machine;
  private Page page;
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void openBrowser() throws Exception {
    chromium = Chromium.open();
    Files.createDirectories(SCREENS);
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

  /// All of them, one after the other on one machine: what one leaves behind must not be in the
  /// way of the next.
  @Test
  void everyScenarioRunsFromThePage() throws Exception {
    opens(Map.of("take-cash", 1));
    tab("Scenarios");
    Locator runs = page.locator("[data-scenario]");
    runs.first().waitFor();
    List<String> ids = new ArrayList<>();
    for (Locator run : runs.all()) ids.add(run.getAttribute("data-scenario"));

    assertThat(ids).hasSizeGreaterThanOrEqualTo(8);
    for (String id : ids) {
      page.locator("[data-scenario='" + id + "']").click();
      Locator run = page.locator(".dock-run[data-run]:not([data-run=running])");
      run.waitFor();
      assertThat(run.getAttribute("data-run")).as(id + ": " + run.innerText()).isEqualTo("passed");
      page.waitForFunction("() => document.body.dataset.screen === 'idle'");
    }
    assertThat(page.locator(".dock-alarm strong")).hasCount(0);
    for (String tab : List.of("Devices", "Faults", "Journal", "Messages", "State", "Money")) {
      tab(tab);
      picture(tab);
      complaints.addAll(Chromium.axe(page, tab));
    }
    assertThat(complaints).isEmpty();
    machine.booksAndBoxesAgree();
  }

  @Test
  void whatIsDoneAtTheMachineCanBeRecordedAndRunsAgain() throws Exception {
    opens(Map.of());
    tab("Scenarios");
    button("Record").click();
    button("Insert the card of Alice Martin, PIN 1234").click();
    shows("pin");
    page.keyboard().type("1234");
    page.keyboard().press("Enter");
    shows("menu");
    page.locator(".option[data-fdk]", withText("Balance")).click();
    shows("balance");
    page.keyboard().press("Escape");
    shows("take-card");
    page.getByRole(AriaRole.BUTTON, named("Take the card")).click();
    shows("idle");
    button("Stop and save").click();

    String yaml = page.locator(".dock-yaml").textContent();
    assertThat(yaml)
        .contains("types pin of: alice", "chooses: balance", "card-reader take:")
        .doesNotContain("1234");
    button("Run it").click();
    Locator run = page.locator(".dock-run[data-run]:not([data-run=running])");
    run.waitFor();
    assertThat(run.getAttribute("data-run")).as(yaml + run.innerText()).isEqualTo("passed");
    assertThat(complaints).isEmpty();
  }

  @Test
  void notesThatMoveBehindTheBooksAreToldInRed() throws Exception {
    opens(Map.of());
    tab("Money");
    assertThat(page.locator(".dock-alarm strong")).hasCount(0);
    SimCashDispenser dispenser =
        (SimCashDispenser) machine.simulator.devices().get("cash-dispenser");
    TestMachine.done(machine.simulator.call(() -> dispenser.dispense(Map.of("unit1", 2), "")));

    Locator alarm = page.locator(".dock-alarm strong");
    alarm.waitFor();
    assertThat(page.locator(".dock-alarm").innerText())
        .contains("cassette C1: 998 × 10 EUR in the machine, 1000 in the books");
    picture("alarm");
    complaints.addAll(Chromium.axe(page, "alarm"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void theTourIsOfferedOnceAndCanBeWavedAway() throws Exception {
    opens(Map.of());
    assertThat(page.locator(".dock-tour")).hasCount(1);
    button("Not now").click();
    assertThat(page.locator(".dock-tour")).hasCount(0);
    page.reload();
    page.locator(".dock-tabs").waitFor();
    tab("Scenarios");
    page.locator("[data-scenario]").first().waitFor();
    assertThat(page.locator(".dock-tour")).hasCount(0);
  }

  @Test
  void theTourRunsItsStops() throws Exception {
    opens(Map.of("take-cash", 1));
    button("Show me").click();
    Locator title = page.locator(".dock-tour b");
    int stops = Integer.parseInt(title.innerText().replaceFirst("(?s)1 of (\\d+).*", "$1"));
    for (int stop = 2; stop <= stops; stop++) {
      page.locator(".dock-tour [role=status]", withText("passed")).waitFor();
      button("Next").click();
      page.locator(".dock-tour", withText(stop + " of " + stops)).waitFor();
    }
    page.locator(".dock-tour [role=status]", withText("passed")).waitFor();
    picture("tour");
    button("Done").click();
    assertThat(page.locator(".dock-tour")).hasCount(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aScenarioWithMistakesIsRefusedByLine() throws Exception {
    opens(Map.of());
    tab("Scenarios");
    page.locator(".dock-file input")
        .setInputFiles(
            new com.microsoft.playwright.options.FilePayload(
                "wrong.yaml",
                "application/yaml",
                "scenario: x\nsteps:\n  - coffee: strong\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    page.locator(".dock-mistakes", withText("line 3")).waitFor();
    assertThat(page.locator("body").getAttribute("data-screen")).isEqualTo("idle");
  }

  private void opens(Map<String, Integer> hurried) throws Exception {
    machine = TestMachine.simulated(folder, hurried).withController();
    page =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1280, 800)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setLocale("en-GB"))
            .newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onPageError(error -> complaints.add("page: " + error));
    page.navigate("http://localhost:" + machine.port() + "/");
    shows("idle");
    page.locator(".dock-tabs").waitFor();
  }

  private void shows(String screen) {
    page.locator("body[data-screen='" + screen + "']").waitFor();
  }

  private void tab(String name) {
    page.getByRole(AriaRole.TAB, named(name)).click();
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, named(name).setExact(true));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.LocatorOptions withText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private void picture(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve("dock-" + name + ".png")));
  }
}
