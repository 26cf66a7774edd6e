package sim.mechanics;

/// How an acceptor is built.
public enum AcceptorBuild {
  /// Takes bunches into an escrow, and keeps what may be counterfeit.
  BUNCH(SimCashAcceptor.ESCROW_MAX, true),
  /// A validator: one note at a time in its transport, and what it does not like goes back.
  ONE_NOTE(1, false);

  final int escrow;
  final boolean keepsSuspects;

  AcceptorBuild(int escrow, boolean keepsSuspects) {
    this.escrow = escrow;
    this.keepsSuspects = keepsSuspects;
  }
}
