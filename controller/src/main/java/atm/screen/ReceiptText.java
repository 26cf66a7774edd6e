package atm.screen;

import atm.screen.AccountScreen.Signed;
import atm.screen.AccountScreen.StatementLine;
import atm.screen.Receipt.Withdrawal.Outcome;
import atm.value.Money;
import atm.value.Stan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

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
    page.centre(page.language.dateAndTime(receipt.issue().when()));
    page.blank();
    switch (receipt) {
      case Receipt.Withdrawal withdrawal -> withdrawal(page, withdrawal);
      case Receipt.Deposit deposit -> deposit(page, deposit);
      case Receipt.Envelope envelope -> envelope(page, envelope);
      case Receipt.Transfer transfer -> transfer(page, transfer);
      case Receipt.Balance balance -> balance(page, balance);
      case Receipt.Statement statement -> statement(page, statement);
    }
    page.pair("receipt.journal", receipt.issue().journalHead());
    page.blank();
    page.centre(page.words("receipt.thanks"));
    return page.lines;
  }

  private static void withdrawal(Page page, Receipt.Withdrawal receipt) {
    head(page, "receipt.withdrawal", Optional.of(receipt.reference()), receipt);
    page.pair("receipt.amount", page.money(receipt.amount()));
    notes(page, "receipt.notes", receipt.notes());
    page.blank();
    if (receipt.outcome() == Outcome.NOT_TAKEN) page.paragraph("receipt.not-taken");
    if (receipt.outcome() == Outcome.UNCLEAR) page.paragraph("receipt.unclear");
  }

  private static void deposit(Page page, Receipt.Deposit receipt) {
    head(page, "receipt.deposit", Optional.of(receipt.reference()), receipt);
    page.pair("receipt.amount", page.money(receipt.amount()));
    notes(page, "receipt.notes", receipt.notes());
    page.blank();
    if (receipt.kept().isEmpty()) return;
    notes(page, "receipt.kept", receipt.kept());
    page.paragraph("receipt.kept-why");
  }

  private static void envelope(Page page, Receipt.Envelope receipt) {
    head(page, "receipt.envelope", Optional.of(receipt.reference()), receipt);
    page.pair("receipt.declared", page.money(receipt.declared()));
    page.blank();
    page.paragraph("receipt.envelope-why");
  }

  private static void transfer(Page page, Receipt.Transfer receipt) {
    head(page, "receipt.transfer", Optional.of(receipt.reference()), receipt);
    page.pair("receipt.payee", receipt.payee());
    page.pair("receipt.to", receipt.to().masked());
    page.pair("receipt.amount", page.money(receipt.amount()));
    page.blank();
  }

  private static void balance(Page page, Receipt.Balance receipt) {
    head(page, "receipt.balance", Optional.empty(), receipt);
    page.pair("receipt.booked", page.money(receipt.booked()));
    page.pair("receipt.available", page.money(receipt.available()));
    page.blank();
  }

  private static void statement(Page page, Receipt.Statement receipt) {
    head(page, "receipt.statement", Optional.empty(), receipt);
    for (StatementLine entry : receipt.entries()) {
      page.pairOf(page.words("receipt.entry", entry.facts()), page.signed(entry.amount()));
    }
    page.blank();
  }

  private static void head(Page page, String title, Optional<Stan> reference, Receipt receipt) {
    page.centre(page.words(title));
    page.blank();
    reference.ifPresent(stan -> page.pair("receipt.reference", stan.toString()));
    receipt.issue().cardLastFour().ifPresent(four -> page.pair("receipt.card", "**** " + four));
    page.pair("receipt.account", receipt.account().masked());
    page.blank();
  }

  private static void notes(Page page, String label, SortedMap<Money, Integer> notes) {
    notes.forEach((note, count) -> page.pair(label, count + " x " + page.money(note)));
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

    String signed(Signed signed) {
      return (signed.credit() ? "+" : "-") + money(signed.amount());
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
      pairOf(words(labelKey), value);
    }

    void pairOf(String words, String value) {
      String label = clipped(words);
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
