package atm.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import atm.value.AccountNumber;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody without a mouse, at the whole machine in a real browser: digits, Enter, Escape and
/// Backspace are the pad's, letters are the keys beside the screen, and Tab goes to cards, notes
/// and slots.
class KeyboardTest {
  private static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "hi", "ar");
  private static final int PATIENCE_MS = 120_000;
  // More than there are controls on the page.
  private static final int TABS_MAX = 200;

  private static Chromium chromium;

  @TempDir Path folder;
  private TestMachine machine;
  private Page page;

  @BeforeAll
  static void openBrowser() {
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
  void everyServiceByKeysAlone() throws Exception {
    opens();
    logsIn("Alice Martin", "1234");
    deposits();
    readsTheStatement();
    changesThePin("1234", "7391");
    leaves();
    logsIn("Alice Martin", "7391");
    sends("25", "1000000016");
    leaves();
    drawsWithoutCard("1000000024", "4711");

    assertThat(machine.ledger().journal().open()).isEmpty();
    assertThat(balance("1000000008")).isEqualTo("1295.00");
    assertThat(balance("1000000016")).isEqualTo("115.00");
    assertThat(balance("1000000024")).isEqualTo("5380.00");
    machine.booksAndBoxesAgree();
  }

  @Test
  void cashInEachLanguage() throws Exception {
    opens();
    for (String tag : LANGUAGES) {
      sees("idle");
      chooses("language");
      sees("language");
      chooses("language-" + tag);
      page.locator("body[data-screen='idle'] .screen[lang='" + tag + "']").waitFor();
      List<Pattern> words = catalogue(tag);
      isSaidIn(words);
      goesTo("Insert the card of Chiara Russo");
      page.keyboard().press("Enter");
      for (String step : List.of("pin 4711", "menu withdraw", "fast-cash amount-20", "confirm")) {
        String[] parts = step.split(" ");
        sees(parts[0]);
        isSaidIn(words);
        if (parts[0].equals("pin")) types(parts[1]);
        else if (parts.length > 1) chooses(parts[1]);
        else page.keyboard().press("Enter");
      }
      sees("receipt-choice");
      isSaidIn(words);
      chooses("no");
      sees("take-card");
      isSaidIn(words);
      goesTo("Take the card");
      page.keyboard().press("Enter");
      sees("take-cash");
      isSaidIn(words);
      goesTo("Take the notes: 1 × 20 EUR");
      page.keyboard().press("Enter");
      sees("idle");
    }
    assertThat(balance("1000000024")).isEqualTo("5280.00");
    machine.booksAndBoxesAgree();
  }

  private void deposits() {
    chooses("deposit");
    sees("insert-cash");
    goesTo("Take into the hand: 50 EUR");
    page.keyboard().press("Enter");
    goesTo("Take into the hand: 20 EUR");
    page.keyboard().press("Enter");
    goesTo("Put the notes in");
    page.keyboard().press("Enter");
    sees("count-cash");
    page.keyboard().press("Enter");
    refusesTheReceipt();
  }

  private void readsTheStatement() {
    chooses("balance");
    sees("balance");
    chooses("statement");
    sees("statement");
    chooses("back");
    sees("balance");
    chooses("back");
    sees("menu");
  }

  private void changesThePin(String old, String chosen) {
    chooses("change-pin");
    sees("pin");
    for (String pin : List.of(old, chosen, chosen)) {
      int before = seq();
      // One digit too many is taken back.
      page.keyboard().type(pin + "0");
      page.keyboard().press("Backspace");
      shows("m.entry?.count === %d".formatted(pin.length()));
      page.keyboard().press("Enter");
      shows("m.seq > %d && !m.entry?.count".formatted(before));
    }
    refusesTheReceipt();
  }

  private void sends(String euros, String account) {
    chooses("transfer");
    sees("payee");
    types(account);
    shows("m.screen === 'payee' && m.options.some(({ id }) => id === 'yes')");
    chooses("yes");
    sees("amount");
    types(euros);
    sees("confirm");
    page.keyboard().press("Enter");
    refusesTheReceipt();
  }

  private void drawsWithoutCard(String account, String pin) {
    chooses("without-card");
    sees("login");
    types(account);
    sees("pin");
    types(pin);
    sees("menu");
    chooses("withdraw");
    sees("fast-cash");
    chooses("amount-20");
    sees("confirm");
    page.keyboard().press("Enter");
    sees("receipt-choice");
    chooses("no");
    sees("take-cash");
    goesTo("Take the notes");
    page.keyboard().press("Enter");
    sees("idle");
  }

  private void logsIn(String holder, String pin) {
    sees("idle");
    goesTo("Insert the card of " + holder);
    page.keyboard().press("Enter");
    sees("pin");
    types(pin);
    sees("menu");
  }

  private void refusesTheReceipt() {
    sees("receipt-choice");
    chooses("no");
    sees("menu");
  }

  private void leaves() {
    page.keyboard().press("Escape");
    sees("take-card");
    goesTo("Take the card");
    page.keyboard().press("Enter");
    sees("idle");
  }

  private void types(String digits) {
    page.keyboard().type(digits);
    page.keyboard().press("Enter");
  }

  /// Presses the key beside an option, by its letter.
  private void chooses(String option) {
    Object letter =
        page.evaluate(
            """
            id => document.querySelector('atm-screen').model.options.find(o => o.id === id)?.fdk
            """,
            option);
    assertThat(letter).as(option + " among the options of " + screen()).isNotNull();
    page.keyboard().press(letter.toString().toLowerCase(Locale.ROOT));
  }

  /// Goes on by Tab until the focus is on what is called so.
  private void goesTo(String name) {
    // It may still be on its way, as a card is that comes out.
    page.locator("[aria-label^='" + name + "']").first().waitFor();
    for (int tab = 0; tab < TABS_MAX; tab++) {
      page.keyboard().press("Tab");
      Object focused = page.evaluate("() => document.activeElement.ariaLabel ?? ''");
      if (focused.toString().startsWith(name)) return;
    }
    throw new AssertionError(name + " cannot be reached by Tab");
  }

  private void sees(String screen) {
    page.locator("body[data-screen='" + screen + "']").waitFor();
  }

  private void shows(String condition) {
    page.waitForFunction(
        "() => { const m = document.querySelector('atm-screen')?.model; return %s }"
            .formatted(condition));
  }

  private int seq() {
    return (int) page.evaluate("() => document.querySelector('atm-screen').model.seq");
  }

  private String screen() {
    return page.locator("body").getAttribute("data-screen");
  }

  /// Title and options come from the catalogue of one language.
  private void isSaidIn(List<Pattern> words) {
    List<String> said = page.locator("atm-screen .title, atm-screen .option").allInnerTexts();
    assertThat(said).as(screen()).isNotEmpty();
    for (String text : said) {
      // Amounts are digits in each language, and languages call themselves by their own name.
      String bare = text.replaceAll("[\\u2060\\u2066-\\u2069]", "").strip();
      if (!bare.matches(".*\\p{L}{2}.*")) continue;
      assertThat(words).as(screen() + ": " + bare).anyMatch(any -> any.matcher(bare).matches());
    }
  }

  private static List<Pattern> catalogue(String tag) throws IOException {
    Properties texts = new Properties();
    try (var in =
        new InputStreamReader(
            KeyboardTest.class.getResourceAsStream("/text/" + tag + ".properties"), UTF_8)) {
      texts.load(in);
    }
    return texts.values().stream()
        .map(Object::toString)
        .filter(text -> text.replaceAll("\\{[^}]*\\}", "").matches("(?s).*\\p{L}{2}.*"))
        .map(
            text ->
                Stream.of(text.split("\\{[^}]*\\}", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".+")))
        .map(Pattern::compile)
        .toList();
  }

  private String balance(String account) throws Exception {
    AccountNumber number = new AccountNumber(account);
    return TestMachine.done(machine.ledger().commit(books -> books.balance(number)))
        .booked()
        .decimal();
  }

  private void opens() throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
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
    page.navigate("http://localhost:" + machine.port() + "/");
    sees("idle");
    // Its controls are reached by Tab as well, so it is there before anybody counts on their order.
    page.locator(".dock-tabs").waitFor();
  }
}
