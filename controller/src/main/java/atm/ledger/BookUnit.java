package atm.ledger;

import atm.value.Money;
import java.util.Optional;
import java.util.Set;

/// What the books say is in a cassette or bin, to be held against what the device says.
///
/// @param id a cassette's, as in `devices.yaml`, or one of the bins' names here: one entry there
///     for each denomination
/// @param note its denomination
/// @param count notes; below zero when a device paid out more than it was ever loaded with
public record BookUnit(String id, Optional<Money> note, int count) {
  /// The dispenser's two bins.
  public static final String REJECT = "REJECT";

  public static final String RETRACT = "RETRACT";

  /// All of the acceptor's bins for accepted notes together: it tells no deposit which bin.
  public static final String DEPOSIT = "DEPOSIT";

  /// The acceptor's own retract bin.
  public static final String DEPOSIT_RETRACT = "DEPOSIT-RETRACT";

  /// What the acceptor keeps as suspected counterfeit; nobody is credited with it.
  public static final String COUNTERFEIT = "COUNTERFEIT";

  private static final Set<String> BINS =
      Set.of(REJECT, RETRACT, DEPOSIT, DEPOSIT_RETRACT, COUNTERFEIT);

  public boolean isCassette() {
    return !BINS.contains(id);
  }
}
