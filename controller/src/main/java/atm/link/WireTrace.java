package atm.link;

import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Writes what goes over one wire to the log `atm.wire` at level TRACE: messages with the values
/// of properties that can hold a secret masked (PIN blocks, keys, tracks, PANs, tokens, typed
/// digits), bytes in hex with those masked that a `ByteMask` hides.
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

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final String wire;
  private final Supplier<ByteMask> masks;
  private ByteMask sentMask;
  private ByteMask receivedMask;

  /// Of a wire of messages, or of bytes none of which is secret.
  public WireTrace(String wire) {
    this(wire, ByteMask::none);
  }

  /// Of a wire of bytes; `masks` gives a fresh mask for each direction of each connection.
  public WireTrace(String wire, Supplier<ByteMask> masks) {
    this.wire = wire;
    this.masks = masks;
    this.sentMask = masks.get();
    this.receivedMask = masks.get();
  }

  /// Of a wire whose content is traced elsewhere.
  static WireTrace none() {
    return new WireTrace("");
  }

  /// A wire of bytes is up.
  void begun(String at) {
    sentMask = masks.get();
    receivedMask = masks.get();
    noted("connected to " + at);
  }

  void sent(Buffer bytes) {
    String shown = hex(bytes, sentMask);
    if (isOn()) LOG.log(Level.TRACE, wire + " > " + shown);
  }

  void received(Buffer bytes) {
    String shown = hex(bytes, receivedMask);
    if (isOn()) LOG.log(Level.TRACE, wire + " < " + shown);
  }

  /// Also feeds the mask where nobody listens, or it would not know where it is when somebody
  /// begins to.
  static String hex(Buffer bytes, ByteMask mask) {
    StringBuilder hex = new StringBuilder(3 * bytes.length());
    for (int i = 0; i < bytes.length(); i++) {
      boolean hidden = mask.hides(bytes.getByte(i));
      if (i > 0) hex.append(' ');
      hex.append(hidden ? "**" : HEX.toHexDigits(bytes.getByte(i)));
    }
    return hex.toString();
  }

  void sent(String message) {
    if (isOn()) LOG.log(Level.TRACE, wire + " > " + masked(message));
  }

  void received(String message) {
    if (isOn()) LOG.log(Level.TRACE, wire + " < " + masked(message));
  }

  void noted(String what) {
    if (isOn()) LOG.log(Level.TRACE, wire + " . " + what);
  }

  private boolean isOn() {
    return !wire.isEmpty() && LOG.isLoggable(Level.TRACE);
  }

  static String masked(String message) {
    boolean isLong = message.length() > CHARACTERS_MAX;
    String shown = isLong ? message.substring(0, CHARACTERS_MAX) : message;
    return SECRET.matcher(shown).replaceAll("$1***") + (isLong ? "…" : "");
  }
}
