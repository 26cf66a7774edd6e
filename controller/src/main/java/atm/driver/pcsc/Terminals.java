package atm.driver.pcsc;

import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;

/// The readers that the service pcscd knows. Blocks.
@FunctionalInterface
interface Terminals {
  String FIRST = "first";

  List<CardTerminal> list() throws IOException;

  /// Of this computer. The JDK opens its way to the service once in its life, whatever factory is
  /// asked: a service that was started late is found, and one that was restarted is not.
  static List<CardTerminal> ofThisComputer() throws IOException {
    try {
      return in(TerminalFactory.getInstance("PC/SC", null).terminals());
    } catch (NoSuchAlgorithmException absent) {
      throw new IOException(
          "there is no smart-card service: install and start pcscd"
              + " (sudo apt-get install pcscd libccid), and plug the reader in",
          absent);
    }
  }

  /// No reader is no failure, though the library says it by one.
  static List<CardTerminal> in(CardTerminals all) throws IOException {
    try {
      return all.list();
    } catch (CardException failure) {
      String reason = String.valueOf(CardSlot.reason(failure));
      if (reason.equals("SCARD_E_NO_READERS_AVAILABLE")) return List.of();
      throw new IOException(
          "the smart-card service does not answer (" + reason + "): " + whatToDo(reason), failure);
    }
  }

  private static String whatToDo(String reason) {
    return switch (reason) {
      // The handle that Java keeps is of the service before.
      case "SCARD_E_INVALID_HANDLE" -> "it was restarted, so restart the controller";
      case "SCARD_E_NO_SERVICE", "SCARD_E_SERVICE_STOPPED" ->
          "start pcscd, then restart the controller";
      default -> "look at pcscd; where it was restarted, restart the controller too";
    };
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
