package atm.ledger;

import atm.value.Money;
import java.util.Optional;

/// What the books say is in a cassette or bin, to be held against what the device says.
///
/// @param id a cassette's, as in `devices.yaml`, or `REJECT` or `RETRACT`: one entry there for each
///     denomination
/// @param note its denomination
/// @param count notes; below zero when a device paid out more than it was ever loaded with
public record BookUnit(String id, Optional<Money> note, int count) {
  public static final String REJECT = "REJECT";
  public static final String RETRACT = "RETRACT";
}
