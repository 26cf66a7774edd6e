package atm.ledger;

import static atm.ledger.Machine.*;
import static org.assertj.core.api.Assertions.assertThat;

import atm.ledger.Transfer.Kind;
import atm.ledger.Transfer.Notes;
import atm.value.Money;
import atm.value.Stan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The seal of an event, byte by byte: under another rule no books would open that were written
/// before.
class ChainTest {
  private static final Money FORTY = Money.parse("40 EUR");
  private static final Optional<Stan> STAN = Optional.of(new Stan(3));

  @Test
  void anEventIsSealedAsItAlwaysWas() {
    Chain.Event event =
        new Chain.Event(
            7, 1_700_000_000_000L, "withdrawal.STACKED", 3, "inside=C1:2\nrejected=nothing");
    Transfer notes =
        new Transfer(
            "000003/7.1",
            Kind.DIRECT,
            "transit:20.00 EUR",
            "cassette:C1",
            FORTY,
            Optional.empty(),
            STAN,
            Optional.of(new Notes(TWENTY, 2)));
    Transfer post =
        new Transfer(
            "000003/post",
            Kind.POST,
            "customer:1000000008",
            "payout:EUR",
            FORTY,
            Optional.of("000003"),
            STAN,
            Optional.empty());
    byte[] before = new byte[32];
    Arrays.fill(before, (byte) 0x11);

    byte[] seal = event.seal(Chain.mac(key(2)), before, List.of(notes, post));

    // Reckoned by another program, from the order of the fields.
    assertThat(Head.of(7, seal).mac())
        .isEqualTo("26DA84D9DBCAD513F289A39A38E91B27F979F4A461A13D0C3A33DC1FFC64EB26");
  }
}
