package sim;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import sim.mechanics.Card;

/// Somebody who plays a customer of the demo bank, with a card in the wallet and its PIN in mind.
/// Prints without both.
///
/// @param state of the card, as devices.yaml has it; one that is `unreadable` is so for any reader
/// @param account what is typed where there is no card; empty for a customer of another bank
public record Customer(
    String id,
    String holder,
    String pan,
    YearMonth expires,
    String pin,
    String state,
    String account) {
  private static final DateTimeFormatter YYMM = DateTimeFormatter.ofPattern("yyMM");

  /// The card as a bank would have issued it.
  public Card card() {
    if (state.equals("unreadable")) {
      return new Card(id, holder, null);
    }
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
