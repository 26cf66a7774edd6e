package atm.driver.pcsc;

import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.TerminalFactory;

/// The readers that the service pcscd knows. Blocks.
@FunctionalInterface
interface Terminals {
  String FIRST = "first";

  List<CardTerminal> list() throws IOException;

  /// Of this computer. The JDK opens its way to the service once in its life, so a service that was
  /// started late is found, and one that was restarted is not.
  static List<CardTerminal> ofThisComputer() throws IOException {
    try {
      return TerminalFactory.getInstance("PC/SC", null).terminals().list();
    } catch (NoSuchAlgorithmException absent) {
      throw new IOException(
          "there is no smart-card service: install and start pcscd"
              + " (sudo apt-get install pcscd libccid), and plug the reader in",
          absent);
    } catch (CardException stopped) {
      throw new IOException(
          "the smart-card service does not answer ("
              + CardSlot.reason(stopped)
              + "): start pcscd; where it was restarted, restart the controller too",
          stopped);
    }
  }

  /// What of a reader's name `at` gives; throws with a sentence, for the file's reader, where it
  /// gives none.
  static String nameIn(URI at) {
    String name = at.getSchemeSpecificPart();
    if (!"pcsc".equals(at.getScheme()) || name.isBlank() || name.startsWith("/")) {
      throw new IllegalArgumentException(
          "at: " + at + ": wanted pcsc:first, or a part of the reader's name as in pcsc:ACR39U");
    }
    return name;
  }

  /// The reader whose name holds `wanted`, or the first.
  default CardTerminal named(String wanted) throws IOException {
    List<CardTerminal> all = list();
    String part = wanted.toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(t -> wanted.equals(FIRST) || t.getName().toLowerCase(Locale.ROOT).contains(part))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "pcsc:"
                        + wanted
                        + ": no such reader; there "
                        + (all.isEmpty()
                            ? "is none"
                            : "are " + all.stream().map(CardTerminal::getName).toList())));
  }
}
