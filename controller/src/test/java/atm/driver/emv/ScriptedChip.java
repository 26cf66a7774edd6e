package atm.driver.emv;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// A chip made of a script, `> hex` and `< hex`, played once. What it is asked otherwise it does
/// not know: 6D00.
public final class ScriptedChip implements Contact {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final Deque<String> left;
  private final List<String> complaints;

  /// @param complaints gets what was asked against the script
  public ScriptedChip(List<String> script, List<String> complaints) {
    this.left = new ArrayDeque<>(script);
    this.complaints = complaints;
  }

  @Override
  public byte[] transmit(byte[] command) {
    String wanted = left.isEmpty() ? "" : left.peek().substring(2);
    String asked = HEX.formatHex(command);
    if (!asked.equals(wanted)) {
      complaints.add("asked " + asked + ", wanted " + wanted);
      return HEX.parseHex("6D 00");
    }
    left.remove();
    return HEX.parseHex(left.remove().substring(2));
  }
}
