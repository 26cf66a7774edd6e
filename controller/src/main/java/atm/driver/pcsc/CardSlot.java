package atm.driver.pcsc;

import atm.device.CardReader.CardRead;
import atm.driver.emv.BadCard;
import atm.driver.emv.Chip;
import atm.driver.emv.Emv;
import atm.driver.emv.SilentChip;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CommandAPDU;

/// One reader, with a slot into which a card is pushed by hand. Its calls block, each for no longer
/// than a card takes to be read; a `CardException` means that the reader is gone.
final class CardSlot {
  private final CardTerminal terminal;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  CardSlot(CardTerminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  String name() {
    return terminal.getName();
  }

  boolean hasCard() throws CardException {
    return terminal.isCardPresent();
  }

  /// Whether there is a card, at the latest after `within`.
  boolean awaitCard(Duration within) throws CardException {
    return terminal.waitForCardPresent(within.toMillis());
  }

  /// Whether there is none, at the latest after `within`.
  boolean awaitNoCard(Duration within) throws CardException {
    return terminal.waitForCardAbsent(within.toMillis());
  }

  /// Reads the chip, once more after a power cut of it where it did not answer. Leaves it without
  /// power, to be pulled out.
  CardRead read() {
    try {
      return readOnce();
    } catch (IOException silent) {
      try {
        return readOnce();
      } catch (IOException silentStill) {
        return new CardRead.Unreadable("the chip does not answer: " + silentStill.getMessage());
      }
    }
  }

  private CardRead readOnce() throws IOException {
    Card card = powered();
    try {
      Chip chip = new Chip(command -> transmit(card, command));
      return new CardRead.Card(new Emv(chip, clock, random).read());
    } catch (BadCard useless) {
      return new CardRead.Unreadable(useless.getMessage());
    } finally {
      unpower(card);
    }
  }

  private Card powered() throws SilentChip {
    try {
      return terminal.connect("*");
    } catch (CardException silent) {
      throw new SilentChip(reason(silent), silent);
    }
  }

  private static byte[] transmit(Card card, byte[] command) throws SilentChip {
    try {
      return card.getBasicChannel().transmit(new CommandAPDU(command)).getBytes();
    } catch (CardException silent) {
      throw new SilentChip(reason(silent), silent);
    }
  }

  private static void unpower(Card card) {
    try {
      card.disconnect(true);
    } catch (CardException gone) {
      // With the card, which is no trouble: it is looked for again.
    }
  }

  /// The library's own word, such as SCARD_W_UNRESPONSIVE_CARD, is in the cause.
  static String reason(Exception failure) {
    return failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage();
  }

  static IOException gone(String at, CardException failure) {
    return new IOException(at + ": the reader does not answer: " + reason(failure), failure);
  }
}
