package atm.screen;

import atm.screen.Receipt.Withdrawal.Outcome;
import atm.value.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sets receipts in lines of a printer's width, in a customer's language.
public final class ReceiptText {
  private final Texts texts;
  private final String machine;
  private final String place;

  /// @param machine the machine's id
  /// @param place where it stands, the head of the receipt
  public ReceiptText(Texts texts, String machine, String place) {
    this.texts = texts;
    this.machine = machine;
    this.place = place;
  }

  public List<String> lines(Receipt receipt, String tag, int columns) {
    Page page = new Page(texts.language(tag), columns);
    page.centre(place);
    page.centre(page.words("receipt.machine", Map.of("machine", machine)));
    page.centre(page.language.dateAndTime(receipt.when()));
    page.blank();
    switch (receipt) {
      case Receipt.Withdrawal withdrawal -> withdrawal(page, withdrawal);
      case Receipt.Balance balance -> balance(page, balance);
    }
    page.blank();
    page.centre(page.words("receipt.thanks"));
    return page.lines;
  }

  private static void withdrawal(Page page, Receipt.Withdrawal receipt) {
    page.centre(page.words("receipt.withdrawal"));
    page.blank();
    page.pair("receipt.reference", receipt.reference().toString());
    whose(page, receipt);
    page.blank();
    page.pair("receipt.amount", page.money(receipt.amount()));
    receipt
        .notes()
        .forEach((note, count) -> page.pair("receipt.notes", count + " x " + page.money(note)));
    page.blank();
    if (receipt.outcome() == Outcome.NOT_TAKEN) page.paragraph("receipt.not-taken");
    if (receipt.outcome() == Outcome.UNCLEAR) page.paragraph("receipt.unclear");
    page.pair("receipt.journal", receipt.journalHead());
  }

  private static void balance(Page page, Receipt.Balance receipt) {
    page.centre(page.words("receipt.balance"));
    page.blank();
    whose(page, receipt);
    page.blank();
    page.pair("receipt.booked", page.money(receipt.booked()));
    page.pair("receipt.available", page.money(receipt.available()));
    page.blank();
    page.pair("receipt.journal", receipt.journalHead());
  }

  private static void whose(Page page, Receipt receipt) {
    page.pair("receipt.card", "**** " + receipt.cardLastFour());
    page.pair("receipt.account", receipt.account().masked());
  }

  /// Lines of one width, filled from the top.
  private static final class Page {
    private final Language language;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    Page(Language language, int columns) {
      this.language = language;
      this.columns = columns;
    }

    String words(String key) {
      return words(key, Map.of());
    }

    String words(String key, Map<String, Object> facts) {
      return language.say(key, facts);
    }

    /// No-break spaces, which number formats are fond of, are holes in many a printer's font.
    String money(Money money) {
      return language.moneyOnPaper(money).replaceAll("[\\u00a0\\u202f]", " ");
    }

    void blank() {
      lines.add("");
    }

    void centre(String text) {
      String line = clipped(text);
      lines.add(" ".repeat((columns - line.length()) / 2) + line);
    }

    /// A label at the left and its value at the right, on two lines when they do not fit on one.
    void pair(String labelKey, String value) {
      String label = clipped(words(labelKey));
      String right = clipped(value);
      int gap = columns - label.length() - right.length();
      if (gap >= 1) {
        lines.add(label + " ".repeat(gap) + right);
      } else {
        lines.add(label);
        lines.add(" ".repeat(columns - right.length()) + right);
      }
    }

    void paragraph(String key) {
      StringBuilder line = new StringBuilder();
      for (String word : words(key).split(" ")) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
          lines.add(line.toString());
          line.setLength(0);
        }
        if (!line.isEmpty()) line.append(' ');
        line.append(clipped(word));
      }
      lines.add(line.toString());
      blank();
    }

    private String clipped(String text) {
      return text.length() <= columns ? text : text.substring(0, columns);
    }
  }
}
