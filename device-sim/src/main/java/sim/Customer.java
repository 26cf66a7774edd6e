package sim;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import sim.mechanics.Card;

/// Somebody who plays a customer of the demo bank, with a card in the wallet and its PIN in mind.
/// Prints without both.
public record Customer(String id, String holder, String pan, YearMonth expires, String pin) {
  private static final DateTimeFormatter YYMM = DateTimeFormatter.ofPattern("yyMM");

  /// The card as a bank would have issued it.
  public Card card() {
    // ISO/IEC 7813: PAN = YYMM, service code 201 (international, with a chip), discretionary data.
    String track2 = pan + "=" + YYMM.format(expires) + "201" + "0000012300000";
    return new Card(id, holder, track2.getBytes(StandardCharsets.US_ASCII));
  }

  String last4() {
    return pan.substring(pan.length() - 4);
  }

  @Override
  public String toString() {
    return "Customer[" + id + "]";
  }
}
