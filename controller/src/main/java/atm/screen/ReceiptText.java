package atm.screen;

import atm.screen.AccountScreen.StatementLine;
import atm.screen.Receipt.Withdrawal.Outcome;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Sets receipts in lines of a printer's width, in a customer's language. Receipt printers know
/// Latin letters and few others, and none of them from right to left: a language in another script
/// is printed in the machine's first language in Latin letters.
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

  /// The name of the language of a receipt for somebody who reads `tag`, where it is another.
  public Optional<String> otherLanguage(String tag) {
    Language printed = texts.onPaper(tag);
    return printed == texts.language(tag)
        ? Optional.empty()
        : Optional.of(printed.say("language.name", Map.of()));
  }

  public List<String> lines(Receipt receipt, String tag, int columns) {
    Language language = texts.onPaper(tag);
    ReceiptLines lines = new ReceiptLines(columns);
    lines.centre(place);
    lines.centre(language.say("receipt.machine", Map.of("machine", machine)));
    lines.centre(language.dateAndTime(receipt.issue().when()));
    lines.blank();
    Template template = new Template(language, lines);
    template.set(receipt);
    lines.blank();
    template.pair("receipt.journal", receipt.issue().journalHead());
    lines.blank();
    lines.centre(language.say("receipt.thanks", Map.of()));
    return lines.all();
  }

  /// One template a transaction.
  private record Template(Language language, ReceiptLines lines) {
    void set(Receipt receipt) {
      switch (receipt) {
        case Receipt.Withdrawal withdrawal -> withdrawal(withdrawal);
        case Receipt.Deposit deposit -> deposit(deposit);
        case Receipt.Envelope envelope -> envelope(envelope);
        case Receipt.Transfer transfer -> transfer(transfer);
        case Receipt.Balance balance -> balance(balance);
        case Receipt.Statement statement -> statement(statement);
        case Receipt.PinChange change -> {
          head("receipt.pin-change");
          card(change);
          lines.blank();
          paragraph("receipt.pin-changed");
        }
      }
    }

    private void withdrawal(Receipt.Withdrawal receipt) {
      head("receipt.withdrawal");
      whose(receipt, receipt.reference(), receipt.account());
      pair("receipt.amount", money(receipt.amount()));
      notes("receipt.notes", receipt.notes());
      if (receipt.outcome() == Outcome.NOT_TAKEN) paragraph("receipt.not-taken");
      if (receipt.outcome() == Outcome.UNCLEAR) paragraph("receipt.unclear");
    }

    private void deposit(Receipt.Deposit receipt) {
      head("receipt.deposit");
      whose(receipt, receipt.reference(), receipt.account());
      pair("receipt.credited", money(receipt.amount()));
      notes("receipt.notes", receipt.notes());
      if (receipt.kept().isEmpty()) return;
      lines.blank();
      notes("receipt.kept", receipt.kept());
      paragraph("receipt.kept-why");
    }

    private void envelope(Receipt.Envelope receipt) {
      head("receipt.envelope");
      whose(receipt, receipt.reference(), receipt.account());
      pair("receipt.declared", money(receipt.declared()));
      paragraph("receipt.envelope-why");
    }

    private void transfer(Receipt.Transfer receipt) {
      head("receipt.transfer");
      whose(receipt, receipt.reference(), receipt.account());
      pair("receipt.payee", receipt.payee());
      pair("receipt.to", receipt.to().masked());
      pair("receipt.amount", money(receipt.amount()));
    }

    private void balance(Receipt.Balance receipt) {
      head("receipt.balance");
      whose(receipt, receipt.account());
      pair("receipt.booked", money(receipt.booked()));
      pair("receipt.available", money(receipt.available()));
    }

    private void statement(Receipt.Statement receipt) {
      head("receipt.statement");
      whose(receipt, receipt.account());
      if (receipt.entries().isEmpty()) paragraph("statement.empty.body");
      for (StatementLine entry : receipt.entries()) {
        String what = language.day(entry.when()) + " " + language.what(entry.what());
        String sign = entry.amount().credit() ? "+" : "-";
        lines.pair(what, sign + money(entry.amount().amount()));
      }
    }

    private void head(String key) {
      lines.centre(language.say(key, Map.of()));
      lines.blank();
    }

    private void whose(Receipt receipt, Stan reference, AccountNumber account) {
      pair("receipt.reference", reference.toString());
      whose(receipt, account);
    }

    private void whose(Receipt receipt, AccountNumber account) {
      card(receipt);
      pair("receipt.account", account.masked());
      lines.blank();
    }

    private void card(Receipt receipt) {
      String card =
          receipt
              .issue()
              .cardLastFour()
              .map(lastFour -> "**** " + lastFour)
              .orElseGet(() -> language.say("receipt.without-card", Map.of()));
      pair("receipt.card", card);
    }

    private void notes(String key, SortedMap<Money, Integer> notes) {
      notes.forEach((note, count) -> pair(key, count + " x " + money(note)));
    }

    void pair(String key, String value) {
      lines.pair(language.say(key, Map.of()), value);
    }

    private void paragraph(String key) {
      lines.blank();
      lines.paragraph(language.say(key, Map.of()));
    }

    private String money(Money money) {
      return language.moneyOnPaper(money);
    }
  }
}
