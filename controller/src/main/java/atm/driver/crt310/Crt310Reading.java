package atm.driver.crt310;

import atm.device.CardReader.CardRead;
import atm.device.DeviceKind;
import atm.driver.emv.BadCard;
import atm.driver.emv.SilentChip;
import atm.value.Track2;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// What is read of the card inside: its stripe, or first its chip where the settings say so. The
/// stripe stands in for a chip that gives no answer, since cards without one, and worn ones, are
/// to be served; that is logged, as a stripe is easily copied. A chip that answers is believed, be
/// it blocked or of no use: its stripe would get around what the bank has told the chip.
final class Crt310Reading {
  private static final Logger LOG = System.getLogger(Crt310Reading.class.getName());

  private final Optional<Crt310Chip> chip;

  /// @param chip for the stripe alone, empty
  Crt310Reading(Optional<Crt310Chip> chip) {
    this.chip = chip;
  }

  /// Fails as the wire does.
  Future<CardRead> read(Crt310Wire wire) {
    return chip.isPresent() ? chipFirst(chip.get(), wire) : stripe(wire);
  }

  Future<Void> close() {
    return chip.map(Crt310Chip::close).orElse(Future.succeededFuture());
  }

  private static Future<CardRead> chipFirst(Crt310Chip chip, Crt310Wire wire) {
    return chip.read(wire)
        .<CardRead>map(CardRead.Card::new)
        .recover(
            failure ->
                switch (failure) {
                  case BadCard useless ->
                      Future.succeededFuture(new CardRead.Unreadable(useless.getMessage()));
                  case SilentChip silent -> stripe(wire).map(read -> insteadOf(silent, read));
                  default -> Future.failedFuture(failure);
                });
  }

  private static CardRead insteadOf(SilentChip silent, CardRead read) {
    return switch (read) {
      case CardRead.Card(Track2 track2) -> {
        // ISO/IEC 7813: a service code that begins with 2 or 6 says that the card has a chip.
        boolean hasChip = track2.serviceCode().matches("[26].*");
        LOG.log(
            hasChip ? Level.WARNING : Level.INFO,
            "{0}: the stripe is read, of a card {1}: {2}",
            DeviceKind.CARD_READER,
            hasChip ? "whose chip should have answered" : "without a chip",
            silent.getMessage());
        yield read;
      }
      case CardRead.Unreadable(String why) ->
          new CardRead.Unreadable(why + "; nor the chip: " + silent.getMessage());
    };
  }

  private static Future<CardRead> stripe(Crt310Wire wire) {
    return wire.track2().map(Crt310Reading::cardOf);
  }

  private static CardRead cardOf(Optional<String> characters) {
    if (characters.isEmpty()) return new CardRead.Unreadable("track 2 cannot be read");
    try {
      return new CardRead.Card(Track2.parse(characters.get()));
    } catch (IllegalArgumentException strange) {
      return new CardRead.Unreadable(strange.getMessage());
    }
  }
}
