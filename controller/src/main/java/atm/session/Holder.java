package atm.session;

import atm.host.Host;

/// Somebody whose PIN was right: who they are to the bank, how they said so, and their card, where
/// there is one.
record Holder(Host.Customer who, Host.Identity identity, Card card) {}
