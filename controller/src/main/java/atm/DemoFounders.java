package atm;

import atm.config.Config;
import atm.host.embedded.DemoBank;
import atm.ledger.Customers.CardState;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Whom and what `devices.yaml` founds a demo bank with.
final class DemoFounders {
  private DemoFounders() {}

  static List<DemoBank.Founder> of(Config config) {
    return config.simulator().map(Config.Simulator::cards).orElse(List.of()).stream()
        // Another bank's customer is none of ours; that is the point of having one.
        .filter(card -> card.state() != Config.DemoCard.State.FOREIGN)
        .map(DemoFounders::founder)
        .toList();
  }

  private static DemoBank.Founder founder(Config.DemoCard card) {
    return new DemoBank.Founder(
        card.id(),
        card.holder(),
        card.pan(),
        card.expires(),
        card.pin().getBytes(StandardCharsets.US_ASCII),
        switch (card.state()) {
          case BLOCKED -> CardState.BLOCKED;
          case STOLEN -> CardState.STOLEN;
          case GOOD, FOREIGN, UNREADABLE -> CardState.GOOD;
        },
        card.accounts().stream()
            .map(a -> new DemoBank.Opening(a.number(), a.kind(), a.balance()))
            .toList(),
        card.language());
  }

  static List<DemoBank.Load> loads(Config config) {
    return config.devices().stream()
        .flatMap(entry -> entry.cassettes().stream())
        .map(c -> new DemoBank.Load(c.id(), c.note(), c.count()))
        .toList();
  }
}
