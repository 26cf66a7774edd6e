package atm.ledger;

import java.util.HexFormat;

/// The last event of the journal's chain. Printed on receipts and on the daily close, so that
/// whoever cuts the tail off the journal has to collect that paper too.
public record Head(long number, String mac) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static Head of(long number, byte[] mac) {
    return new Head(number, HEX.formatHex(mac));
  }

  /// For a receipt: number and the first eight digits, as in `1043-9F3A2C1B`.
  public String shortForm() {
    return number + "-" + mac.substring(0, 8);
  }

  byte[] macBytes() {
    return HEX.parseHex(mac);
  }
}
