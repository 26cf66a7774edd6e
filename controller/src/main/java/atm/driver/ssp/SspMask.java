package atm.driver.ssp;

import atm.link.ByteMask;

/// Hides of a packet all behind its first byte of data, the check too, where that is a number of
/// the key exchange or sealed. The exchange is of 64 bits and one half of the key is the maker's
/// own: who sees the numbers has the key within minutes, and who sees what was sealed under it can
/// search for it.
final class SspMask implements ByteMask {
  /// A command or generic response, then 64 bits. Whatever else goes unsealed is shorter.
  private static final int SECRET_FROM = 9;

  private static final int LENGTH_AT = 1;
  private static final int CODE_AT = 2;

  /// Sequence and length before the data, the check behind.
  private static final int AROUND = 4;

  private static final int OUTSIDE = -1;

  private int at = OUTSIDE;
  private int length;
  private boolean afterStx;

  @Override
  public boolean hides(byte next) {
    if (afterStx) {
      afterStx = false;
      // Twice is the byte itself, inside a packet; else another one begins.
      if (next != SspPacket.STX) at = 0;
    } else if (next == SspPacket.STX) {
      afterStx = true;
      return isSecret();
    }
    if (at == OUTSIDE) return false;
    if (at == LENGTH_AT) length = next & 0xFF;
    boolean hidden = isSecret();
    at++;
    if (at > LENGTH_AT && at == length + AROUND) at = OUTSIDE;
    return hidden;
  }

  private boolean isSecret() {
    return at > CODE_AT && length >= SECRET_FROM;
  }
}
