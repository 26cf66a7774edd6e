package atm.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What stands in the journal beside an event: the same words again, and never a line of its own.
class DetailsTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, String> details = Map.of("why", "jam at note 2 = the second", "by", "");

    assertThat(Details.text(details)).isEqualTo("by=\nwhy=jam at note 2 = the second");
    assertThat(Details.map(Details.text(details))).isEqualTo(details);
    assertThat(Details.map("a line without a sign")).isEqualTo(Map.of("a line without a sign", ""));
  }

  /// A device's words could otherwise say that somebody was paid.
  @Test
  void aDevicesWordsCannotBecomeALineOfTheirOwn() {
    assertThat(Details.text(Map.of("why", "jam\npaid=90.00 EUR\0", "a\nb", "c")))
        .isEqualTo("a b=c\nwhy=jam paid=90.00 EUR ");
  }

  @Test
  void ofALongStoryTheBeginningIsKept() {
    assertThat(Details.text(Map.of("why", "x".repeat(300)))).isEqualTo("why=" + "x".repeat(300));
    assertThat(Details.text(Map.of("why", "x".repeat(301))))
        .isEqualTo("why=" + "x".repeat(300) + "…");
  }

  @Test
  void moreThanAnEventHoldsIsRefused() {
    Map<String, String> most = new HashMap<>();
    // 26 lines of 304 characters, their ends, and a last line of 70.
    for (int i = 10; i < 36; i++) most.put("k" + i, "x".repeat(300));
    most.put("k36", "x".repeat(66));
    assertThat(Details.text(most)).hasSize(8000);

    most.put("k36", "x".repeat(67));
    assertThatThrownBy(() -> Details.text(most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an event with details of 8001 characters, at most 8000");
  }
}
