package atm.link;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/// Writes each message of one wire to the log `atm.wire` at level TRACE, with the values of
/// properties that can hold a secret masked: PIN blocks, keys, tracks, PANs, tokens, typed
/// digits.
public final class WireTrace {
  private static final Logger LOG = System.getLogger("atm.wire");

  /// A line a person can still read; the rest of a storage list says nothing new.
  private static final int CHARACTERS_MAX = 4000;

  // The value may lack its closing quote where the message was cut. Possessive, so that no
  // message, however made, lets the match run back and forth.
  private static final Pattern SECRET =
      Pattern.compile(
          "(\"(?:pinBlock|value|data|chipData|customerData|token|digit|secondEncKey|xorData"
              + "|verificationData)\"\\s*+:\\s*+\")[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+");

  private final String wire;

  public WireTrace(String wire) {
    this.wire = wire;
  }

  void sent(String message) {
    if (LOG.isLoggable(Level.TRACE)) LOG.log(Level.TRACE, wire + " > " + masked(message));
  }

  void received(String message) {
    if (LOG.isLoggable(Level.TRACE)) LOG.log(Level.TRACE, wire + " < " + masked(message));
  }

  void noted(String what) {
    if (LOG.isLoggable(Level.TRACE)) LOG.log(Level.TRACE, wire + " . " + what);
  }

  static String masked(String message) {
    boolean isLong = message.length() > CHARACTERS_MAX;
    String shown = isLong ? message.substring(0, CHARACTERS_MAX) : message;
    return SECRET.matcher(shown).replaceAll("$1***") + (isLong ? "…" : "");
  }
}
