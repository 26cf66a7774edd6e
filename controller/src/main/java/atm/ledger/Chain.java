package atm.ledger;

import atm.value.Stan;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The journal of one commit: events, each with an HMAC-SHA256 over itself, over the transfers it
/// explains, and over the event before it. Whoever changes, inserts or drops one needs the key,
/// which is not in the database.
final class Chain {
  static final Head START = Head.of(0, new byte[32]);

  private final Sql sql;
  private final Mac mac;
  private final long now;
  private final List<Transfer> unexplained = new ArrayList<>();
  private Head head;

  Chain(Sql sql, Mac mac, Head head, long now) {
    this.sql = sql;
    this.mac = mac;
    this.head = head;
    this.now = now;
  }

  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Takes a transfer that the next event explains; answers its line there.
  int add(Transfer transfer) {
    unexplained.add(transfer);
    return unexplained.size();
  }

  /// Appends an event, which explains the transfers since the one before.
  void append(String kind, Optional<Stan> stan, Map<String, String> details) {
    Event event =
        new Event(
            nextNumber(), now, kind, stan.map(Stan::number).orElse(0L), Details.text(details));
    byte[] seal = event.seal(mac, head.macBytes(), unexplained);
    sql.update(
        "INSERT INTO events (number, at, kind, stan, details, mac) VALUES (?, ?, ?, ?, ?, ?)",
        event.number(),
        event.at(),
        event.kind(),
        event.stan(),
        event.details(),
        seal);
    unexplained.clear();
    head = Head.of(event.number(), seal);
  }

  long nextNumber() {
    return head.number() + 1;
  }

  /// The number of the next transaction, whatever its kind: none without an event.
  Stan nextStan() {
    return new Stan(sql.number("SELECT COALESCE(MAX(stan), 0) + 1 FROM events"));
  }

  /// Event and line of the next transfer: no other will ever have them.
  String nextPlace() {
    return nextNumber() + "." + (unexplained.size() + 1);
  }

  long now() {
    return now;
  }

  Head head() {
    return head;
  }

  boolean explainsAll() {
    return unexplained.isEmpty();
  }

  /// @param stan 0 for none
  record Event(long number, long at, String kind, long stan, String details) {
    byte[] seal(Mac mac, byte[] before, List<Transfer> transfers) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.write(before);
        out.writeLong(number);
        out.writeLong(at);
        out.writeUTF(kind);
        out.writeLong(stan);
        out.writeUTF(details);
        for (Transfer transfer : transfers) transfer.writeTo(out);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return mac.doFinal(bytes.toByteArray());
    }
  }
}
