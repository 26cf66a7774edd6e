package sim.mechanics;

import java.util.Map;

/// What one bunch brought: notes now in the escrow, and suspected counterfeits that were kept.
public record TakenIn(Map<Denomination, Integer> accepted, Map<Denomination, Integer> suspect) {}
