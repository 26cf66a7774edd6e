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
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything a customer comes for, at the whole machine in a real browser, by keys alone and by
/// mouse alone: in one language of each script, and with `-Dhands=both` each way in all six. What
/// is read on the way comes from that language's catalogue.
class EveryServiceTest {
  private static final int PATIENCE_MS = 120_000;

  private static Chromium chromium;

  @TempDir Path folder;
  private TestMachine machine;
  private Page page;
  private Hand hand;
  private String language;
  private List<Pattern> words;

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

  static Stream<Arguments> byEachHand() {
    Stream<String> all = Stream.of("en keys", "hi mouse", "ar keys");
    if (System.getProperty("hands", "").equals("both")) {
      all =
          Stream.of("en", "de", "es", "fr", "hi", "ar")
              .flatMap(tag -> Stream.of(tag + " keys", tag + " mouse"));
    }
    return all.map(each -> Arguments.of((Object[]) each.split(" ")));
  }

  @ParameterizedTest
  @MethodSource("byEachHand")
  void everyService(String tag, String with) throws Exception {
    opens(tag, with);
    logsIn("Alice Martin", "1234");
    deposits();
    readsTheStatement();
    changesThePin("1234", "7391");
    leaves();
    logsIn("Alice Martin", "7391");
    sends("25", "1000000016");
    draws();
    hand.reaches("Take the card");
    sees("take-cash");
    hand.reaches("Take the notes: 1 × 20 EUR");
    drawsWithoutCard("1000000024", "4711");

    assertThat(machine.ledger().journal().open()).isEmpty();
    assertThat(balance("1000000008")).isEqualTo("1275.00");
    assertThat(balance("1000000016")).isEqualTo("115.00");
    assertThat(balance("1000000024")).isEqualTo("5380.00");
    machine.booksAndBoxesAgree();
  }

  private void deposits() {
    hand.chooses("deposit");
    sees("insert-cash");
    hand.reaches("Take into the hand: 50 EUR");
    hand.reaches("Take into the hand: 20 EUR");
    hand.reaches("Put the notes in");
    sees("count-cash");
    hand.presses("enter");
    refusesTheReceipt();
  }

  private void readsTheStatement() {
    hand.chooses("balance");
    sees("balance");
    hand.chooses("statement");
    sees("statement");
    hand.chooses("back");
    sees("balance");
    hand.chooses("back");
    sees("menu");
  }

  private void changesThePin(String old, String chosen) {
    hand.chooses("change-pin");
    sees("pin");
    for (String pin : List.of(old, chosen, chosen)) {
      int before = seq();
      hand.typesWithASlip(pin);
      shows("m.entry?.count === %d".formatted(pin.length()));
      hand.presses("enter");
      shows("m.seq > %d && !m.entry?.count".formatted(before));
    }
    refusesTheReceipt();
  }

  private void sends(String euros, String account) {
    hand.chooses("transfer");
    sees("payee");
    enters(account);
    shows("m.screen === 'payee' && m.options.some(({ id }) => id === 'yes')");
    hand.chooses("yes");
    sees("amount");
    enters(euros);
    sees("confirm");
    hand.presses("enter");
    refusesTheReceipt();
  }

  private void draws() {
    hand.chooses("withdraw");
    sees("fast-cash");
    hand.chooses("amount-20");
    sees("confirm");
    hand.presses("enter");
    sees("receipt-choice");
    hand.chooses("no");
  }

  private void drawsWithoutCard(String account, String pin) {
    speaks();
    hand.chooses("without-card");
    sees("login");
    enters(account);
    sees("pin");
    enters(pin);
    sees("menu");
    draws();
    sees("take-cash");
    hand.reaches("Take the notes");
    page.locator("body[data-screen='idle']").waitFor();
  }

  private void logsIn(String holder, String pin) {
    speaks();
    hand.reaches("Insert the card of " + holder);
    sees("pin");
    enters(pin);
    sees("menu");
  }

  /// The machine stands idle in its own language; then in the customer's.
  private void speaks() {
    page.locator("body[data-screen='idle'] .screen[lang='en']").waitFor();
    if (language.equals("en")) return;
    hand.chooses("language");
    page.locator("body[data-screen='language']").waitFor();
    hand.chooses("language-" + language);
    page.locator("body[data-screen='idle'] .screen[lang='" + language + "']").waitFor();
    isSaidInItsWords();
  }

  private void refusesTheReceipt() {
    sees("receipt-choice");
    hand.chooses("no");
    sees("menu");
  }

  private void leaves() {
    hand.presses("cancel");
    sees("take-card");
    hand.reaches("Take the card");
  }

  private void enters(String digits) {
    hand.types(digits);
    hand.presses("enter");
  }

  /// A screen has come, and each word on it is of the language.
  private void sees(String screen) {
    page.locator("body[data-screen='" + screen + "']").waitFor();
    isSaidInItsWords();
  }

  private void shows(String condition) {
    page.waitForFunction(
        "() => { const m = document.querySelector('atm-screen')?.model; return %s }"
            .formatted(condition));
  }

  private int seq() {
    return (int) page.evaluate("() => document.querySelector('atm-screen').model.seq");
  }

  /// Title and options come from the catalogue of the language.
  private void isSaidInItsWords() {
    List<String> said = page.locator("atm-screen .title, atm-screen .option").allInnerTexts();
    String screen = page.locator("body").getAttribute("data-screen");
    assertThat(said).as(screen).isNotEmpty();
    for (String text : said) {
      // Amounts are digits in each language, and languages call themselves by their own name.
      String bare = text.replaceAll("[\\u2060\\u2066-\\u2069]", "").strip();
      if (!bare.matches(".*\\p{L}{2}.*")) continue;
      assertThat(words).as(screen + ": " + bare).anyMatch(any -> any.matcher(bare).matches());
    }
  }

  private static List<Pattern> catalogue(String tag) throws IOException {
    Properties texts = new Properties();
    try (var in =
        new InputStreamReader(
            EveryServiceTest.class.getResourceAsStream("/text/" + tag + ".properties"), UTF_8)) {
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

  private void opens(String tag, String with) throws Exception {
    machine = TestMachine.simulated(folder, Map.of()).withController();
    words = catalogue(tag);
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
    hand = with.equals("keys") ? new Hand.Keys(page) : new Hand.Mouse(page);
    language = tag;
    page.navigate("http://localhost:" + machine.port() + "/");
    // Its controls are reached by Tab as well, so it is there before anybody counts on their order.
    page.locator(".dock-tabs").waitFor();
  }
}
