package sim.mechanics;

import java.util.List;
import java.util.Optional;

/// How an entry ended: by which key (none when the last digit ended it), with how many digits,
/// and, unless it was hidden, which keys are in.
public record KeyEntry(Optional<Key> endedBy, int digits, List<Key> keys) {}
