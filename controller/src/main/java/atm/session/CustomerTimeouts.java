package atm.session;

import java.time.Duration;

/// How long the machine waits for a customer.
///
/// @param entry at a PIN, a menu or an amount, after each key anew
/// @param message how long a word that needs no answer stays; an error stays twice as long
public record CustomerTimeouts(
    Duration entry, Duration takeCard, Duration takeCash, Duration takeReceipt, Duration message) {}
