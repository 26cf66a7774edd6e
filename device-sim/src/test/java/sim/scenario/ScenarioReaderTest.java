package sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scenario files, right and wrong.
class ScenarioReaderTest {
  private static final Map<String, Set<String>> ACTS =
      Map.of("card-reader", Set.of("insert", "take"), "cash-acceptor", Set.of("insert"));

  @Test
  void everyKindOfStep() throws Exception {
    Scenario scenario =
        read(
            """
            scenario: All of it
            about: One of each.
            watch: Nothing.
            steps:
              - sees: idle
              - card-reader insert: { card: alice }
              - cash-acceptor insert: { notes: [20 EUR, "10 EUR torn"] }
              - card-reader take:
              - types: "70"
              - types pin of: alice
              - presses: 7 enter
              - chooses: withdraw
              - sees: { screen: amount, typed: "70", shows: 70, severity: warning, language: de, within: 9 s }
              - money: { machine: { taken: 50 EUR, tray: -0.50 EUR }, books: { customer: -50 EUR } }
            """);

    assertThat(scenario.watch()).contains("Nothing.");
    assertThat(scenario.steps().stream().map(Step::words))
        .containsExactly(
            "sees idle",
            "card-reader insert alice",
            "cash-acceptor insert [\"20 EUR\",\"10 EUR torn\"]",
            "card-reader take",
            "types 2 digits",
            "types the PIN of alice",
            "presses 7 enter",
            "chooses withdraw",
            "sees amount with 70 typed with “70”, warning, in de",
            "money: taken +50 EUR, tray -0.50 EUR, books customer -50 EUR",
            "books and machine agree");
    assertThat(scenario.steps().get(8).within()).isEqualTo(Duration.ofSeconds(9));
    assertThat(((Step.Act) scenario.steps().get(2)).body())
        .isEqualTo(new JsonObject("{\"notes\":[\"20 EUR\",\"10 EUR torn\"]}"));
  }

  @Test
  void allMistakesAreToldByLine() {
    ScenarioException wrong =
        catchThrowableOfType(
            ScenarioException.class,
            () ->
                read(
                    """
                    steps:
                      - sees: Idle Screen
                      - sees: { typed: x, colour: red }
                      - card-reader swallow:
                      - coffee-maker press: { key: 1 }
                      - types: pin
                      - presses: 5 hard
                      - money: { machine: { pocket: 5 EUR, taken: 5 }, books: { customer: 5 USD } }
                      - sees: { screen: pin, within: 2 h }
                      - idle
                      - card-reader insert: alice
                    surprise: yes
                    """));

    assertThat(wrong.mistakes().stream().map(m -> m.line() + " " + m.sentence()))
        .anyMatch(m -> m.startsWith("1 ") && m.contains("lacks scenario"))
        .anyMatch(m -> m.startsWith("2 ") && m.contains("a screen such as take-cash"))
        .anyMatch(m -> m.startsWith("3 ") && m.contains("lacks screen"))
        .anyMatch(m -> m.startsWith("3 ") && m.contains("typed is wrong"))
        .anyMatch(m -> m.startsWith("3 ") && m.contains("does not know colour"))
        .anyMatch(m -> m.startsWith("4 ") && m.contains("card-reader has"))
        .anyMatch(m -> m.startsWith("5 ") && m.contains("coffee-maker"))
        .anyMatch(m -> m.startsWith("6 ") && m.contains("digits"))
        .anyMatch(m -> m.startsWith("7 ") && m.contains("key 'hard'"))
        .anyMatch(m -> m.startsWith("8 ") && m.contains("does not know pocket"))
        .anyMatch(m -> m.startsWith("8 ") && m.contains("such as -60 EUR"))
        .anyMatch(m -> m.startsWith("9 ") && m.contains("such as 90 s"))
        .anyMatch(m -> m.startsWith("10 ") && m.contains("a step is one thing"))
        .anyMatch(m -> m.startsWith("11 ") && m.contains("wants its fields"))
        .anyMatch(m -> m.startsWith("12 ") && m.contains("does not know surprise"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[1, 2]",
        "steps: 5",
        "scenario: x\nsteps: []",
        "scenario: x\nsteps: [ { sees: [a] } ]",
        "scenario: x\nsteps: [ { card-reader insert: { a: !!java.net.URL [x] } } ]",
        "scenario: x\nsteps: [ { card-reader insert: { [a]: b } } ]",
        "scenario: x\nsteps:\n  - sees: { screen: idle, screen: pin }",
        "a: &a [*a]",
        "\t- x",
        "{{{{{{{{{{{{{{{{{{{{{{"
      })
  void whatIsNoScenarioIsSaidSo(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ScenarioException.class);
  }

  @Test
  void aFileWithoutEndIsRefused() {
    String endless = "scenario: x\nsteps:\n" + "  - sees: idle\n".repeat(5_000);
    assertThatThrownBy(() -> read(endless)).isInstanceOf(ScenarioException.class);
    assertThatThrownBy(() -> read(List.of("x".repeat(100_000)).toString()))
        .isInstanceOf(ScenarioException.class);
  }

  private static Scenario read(String text) throws ScenarioException {
    return ScenarioReader.read(text, ACTS);
  }
}
