package sim.mechanics;

/// Why an acceptor gives a note back at once.
public enum Refusal {
  /// It could not be recognised.
  INVALID,
  /// It is no note that is taken here.
  FOREIGN,
  /// It may be counterfeit, and there is no bin for those, or it is full.
  COUNTERFEIT,
  ESCROW_FULL,
  BINS_FULL,
  /// Something stopped before it was this note's turn.
  NOT_DRAWN_IN
}
