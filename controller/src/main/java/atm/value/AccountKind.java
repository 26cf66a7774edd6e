package atm.value;

/// What an account is for, so that a customer with several can tell them apart.
public enum AccountKind {
  CURRENT,
  SAVINGS
}
