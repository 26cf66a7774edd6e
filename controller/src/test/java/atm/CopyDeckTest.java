package atm;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.Fault;
import atm.screen.Aids;
import atm.screen.Notice;
import atm.screen.Screen;
import atm.screen.ScreenModel;
import atm.screen.Texts;
import atm.session.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Keeps `docs/words.md`, which people read and translators work from, true to what is said:
/// `-Dwords.write=true` writes it anew.
class CopyDeckTest {
  private static final Path PAGE = Path.of("../docs/words.md");
  private static final Texts TEXTS = Texts.load(List.of("en", "de", "es", "fr", "hi", "ar"));

  @Test
  void thePageOfWordsSaysWhatTheMachineSays() throws Exception {
    String page = page();
    if (Boolean.getBoolean("words.write")) Files.writeString(PAGE, page);

    assertThat(Files.readString(PAGE))
        .as("the catalogues have changed: run this test with -Dwords.write=true")
        .isEqualTo(page);
  }

  private static String page() {
    List<String> lines = new ArrayList<>();
    lines.add("# Words");
    lines.add("");
    lines.add(
        "News for a customer says what happened, whether money and card are safe, and what to");
    lines.add("do now, in twenty words at most. This page is made from the catalogues under");
    lines.add("`controller/src/main/resources/text/`; a test keeps it true (see `CopyDeckTest`).");
    for (String tag : TEXTS.tags()) notices(tag, lines);
    lines.add("");
    lines.add("## Faults of devices");
    lines.add("");
    lines.add(
        "What the journal calls it, what the customer is told where the service cannot be had,");
    lines.add("and what the operator reads after the device's own words.");
    lines.add("");
    lines.add("| journal | customer | operator |");
    lines.add("|---|---|---|");
    for (DeviceKind kind : DeviceKind.values()) {
      for (Fault.Code code : Fault.Code.values()) {
        Trouble trouble = Trouble.of(kind, new Fault(code, "*its words*"));
        lines.add(
            "| `%s` | %s | %s |"
                .formatted(trouble.code(), trouble.notice().key(), trouble.operator()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static void notices(String tag, List<String> lines) {
    lines.add("");
    lines.add("## News in " + tag);
    lines.add("");
    lines.add("| news | title | body |");
    lines.add("|---|---|---|");
    for (Notice notice : Notice.values()) {
      ScreenModel model = TEXTS.model(new Screen.Message(notice), tag, Aids.NONE, "", 1, 0);
      lines.add(
          "| `%s` | %s | %s |"
              .formatted(notice.key(), model.title(), String.join(" ", model.body())));
    }
  }
}
