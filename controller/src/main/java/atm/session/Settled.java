package atm.session;

/// How a withdrawal came to its end.
enum Settled {
  PAID,
  /// The device stopped short: the customer pays for what came out.
  PAID_IN_PART,
  /// Given back: the customer got nothing and pays nothing.
  REVERSED,
  /// Left at the slot and taken back in; waits for a count.
  RETRACTED,
  /// Nobody knows; waits for a count.
  SUSPECT,
  /// Device or books cannot say yet: cash service stays off until `Recovery` has settled it.
  OPEN
}
