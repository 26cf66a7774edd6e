package atm.ledger;

import atm.value.Stan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One event of the journal, as a reader sees it.
///
/// @param seal its place in the chain and the first digits of its HMAC, as in `1043-9F3A2C1B`
public record JournalEvent(
    long number,
    Instant at,
    String kind,
    Optional<Stan> stan,
    Map<String, String> details,
    String seal) {
  public JournalEvent {
    details = Map.copyOf(details);
  }
}
