package atm.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Locale;
import java.util.Map;

/// How somebody uses the page: with the computer's keys, or with its mouse.
sealed interface Hand {
  /// Digits of the pad.
  void types(String digits);

  /// The same, with a wrong digit that is taken back.
  void typesWithASlip(String digits);

  /// A key of the pad: `enter` or `cancel`.
  void presses(String key);

  /// An option of the screen, by its id.
  void chooses(String option);

  /// A card, a note or a slot, by the beginning of its name.
  void reaches(String name);

  /// The letter of the key beside an option.
  private static String fdk(Page page, String option) {
    Object letter =
        page.evaluate(
            """
            id => document.querySelector('atm-screen').model.options.find(o => o.id === id)?.fdk
            """,
            option);
    assertThat(letter)
        .as(option + " among the options of " + page.locator("body").getAttribute("data-screen"))
        .isNotNull();
    return letter.toString();
  }

  private static Locator named(Page page, String name) {
    return page.locator("[aria-label^='" + name + "']").first();
  }

  /// Digits, Enter, Escape and Backspace are the pad's, letters are the keys beside the screen, and
  /// Tab goes to cards, notes and slots.
  record Keys(Page page) implements Hand {
    private static final Map<String, String> KEYS = Map.of("enter", "Enter", "cancel", "Escape");
    // More than there are controls on the page.
    private static final int TABS_MAX = 200;

    @Override
    public void types(String digits) {
      page.keyboard().type(digits);
    }

    @Override
    public void typesWithASlip(String digits) {
      types(digits + "0");
      page.keyboard().press("Backspace");
    }

    @Override
    public void presses(String key) {
      page.keyboard().press(KEYS.get(key));
    }

    @Override
    public void chooses(String option) {
      page.keyboard().press(fdk(page, option).toLowerCase(Locale.ROOT));
    }

    @Override
    public void reaches(String name) {
      // It may still be on its way, as a card is that comes out.
      named(page, name).waitFor();
      for (int tab = 0; tab < TABS_MAX; tab++) {
        page.keyboard().press("Tab");
        Object focused = page.evaluate("() => document.activeElement.ariaLabel ?? ''");
        if (focused.toString().startsWith(name)) {
          page.keyboard().press("Enter");
          return;
        }
      }
      throw new AssertionError(name + " cannot be reached by Tab");
    }
  }

  /// The pad's keys are clicked, options touched where they stand on the screen.
  record Mouse(Page page) implements Hand {
    @Override
    public void types(String digits) {
      digits.chars().forEach(digit -> presses(Character.toString(digit)));
    }

    @Override
    public void typesWithASlip(String digits) {
      types("0");
      presses("clear");
      types(digits);
    }

    @Override
    public void presses(String key) {
      page.locator(".pad [data-key='" + key + "']").click();
    }

    @Override
    public void chooses(String option) {
      page.locator("atm-screen .option[data-fdk='" + fdk(page, option) + "']").click();
    }

    @Override
    public void reaches(String name) {
      named(page, name).click();
    }
  }
}
