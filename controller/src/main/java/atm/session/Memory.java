package atm.session;

import atm.device.CashDispenser;
import atm.device.CashDispenser.LastDispense;
import atm.host.Host.DispenserAnswer;
import atm.ledger.BookUnit;
import atm.ledger.OpenWithdrawal;
import atm.value.Counts;
import atm.value.Money;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What a dispenser remembers of one withdrawal, after its signature (if it signs) was checked.
sealed interface Memory {
  /// Its last dispense is another one: this one was never made.
  record NotMade() implements Memory {}

  /// The customer never had the notes within reach.
  record NotPresented(Counts counts, Counts rejected, boolean notesInside) implements Memory {}

  /// @param slotEmpty empty when the device cannot tell
  record Presented(
      Counts counts,
      Counts rejected,
      Optional<Boolean> slotEmpty,
      boolean notesInside,
      boolean retracted)
      implements Memory {}

  record Unclear(String why) implements Memory {}

  /// Asks the device now. Throws `DeviceException` when it does not answer.
  static Memory of(OpenWithdrawal open, CashDispenser dispenser, Machine machine) {
    String nonce = Nonces.fresh();
    LastDispense last = dispenser.lastDispense(nonce).await();
    if (!dispenser.capabilities().signsAnswers()) return unsigned(last);
    if (last.token().isEmpty()) return new Unclear("the dispenser did not sign its answer");
    if (open.token().isEmpty()) return new Unclear("the books hold no order to compare with");
    return switch (machine.host().check(last.token().get(), nonce, open.token().get())) {
      case DispenserAnswer.AboutAnother _ -> new NotMade();
      case DispenserAnswer.NotGenuine(String why) -> new Unclear(why);
      case DispenserAnswer.Genuine signed ->
          signed.dispensed().equals(worth(last.counts(), machine.ledger().cashUnits(), signed))
              ? signed(last, signed)
              : new Unclear(
                  "the dispenser signs "
                      + signed.dispensed()
                      + ", but reports "
                      + last.counts().byCassette());
    };
  }

  /// By the books, what the reported notes are worth: the counts themselves are not signed.
  private static Money worth(Counts counts, List<BookUnit> book, DispenserAnswer.Genuine signed) {
    Money worth = Money.zero(signed.dispensed().currency());
    for (BookUnit unit : book) {
      int notes = counts.byCassette().getOrDefault(unit.id(), 0);
      if (notes > 0) worth = worth.plus(unit.note().orElseThrow().times(notes));
    }
    return worth;
  }

  private static Memory signed(LastDispense last, DispenserAnswer.Genuine signed) {
    if (signed.presented()) {
      return presented(last, signed.retracted());
    }
    // "Not presented" is only believed when what is signed and what is reported say so together.
    return last.state() == LastDispense.State.NOT_PRESENTED
        ? notPresented(last)
        : new Unclear("the dispenser signs \"not presented\", but reports " + last.state());
  }

  private static Memory unsigned(LastDispense last) {
    return switch (last.state()) {
      case NOT_PRESENTED -> notPresented(last);
      case PRESENTED -> presented(last, false);
      case UNKNOWN -> new Unclear("the dispenser does not know what it last did");
    };
  }

  private static Memory notPresented(LastDispense last) {
    return new NotPresented(last.counts(), last.rejected(), last.notesInside());
  }

  private static Memory presented(LastDispense last, boolean retracted) {
    return new Presented(
        last.counts(), last.rejected(), last.slotEmpty(), last.notesInside(), retracted);
  }

  /// Values that show an answer to be fresh: never the same twice.
  final class Nonces {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Nonces() {}

    static String fresh() {
      byte[] bytes = new byte[16];
      RANDOM.nextBytes(bytes);
      return HEX.formatHex(bytes);
    }
  }
}
