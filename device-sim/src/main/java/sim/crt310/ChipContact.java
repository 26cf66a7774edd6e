package sim.crt310;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import sim.mechanics.Faults;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCardReader.Media;

/// The contacts that come down on a card's chip, and what goes over them. Runs on the device's
/// context.
final class ChipContact {
  static final List<Faults.Kind> FAULTS =
      List.of(
          new Faults.Kind("chip-silent", "Chip does not answer to a reset"),
          new Faults.Kind("chip-contact", "Chip loses contact"),
          new Faults.Kind("chip-status", "Chip answers with an error"));

  private static final int T0 = 0x31;
  private static final int DATA_ERROR = 0x04;

  private final SimCardReader reader;
  private boolean down;
  private boolean powered;
  private Optional<SimChip> chip = Optional.empty();

  ChipContact(SimCardReader reader) {
    this.reader = reader;
  }

  boolean isDown() {
    return down && reader.media() == Media.PRESENT;
  }

  void lower() {
    down = true;
  }

  /// Also takes the power away.
  void lift() {
    down = false;
    powered = false;
    chip = Optional.empty();
  }

  /// Command 33.
  Future<Buffer> power(int parameter) {
    if (parameter != 0x30 && parameter != 0x31) {
      return Crt310.refusal(0x33, Crt310.UNDEFINED_PARAMETER);
    }
    if (!isDown()) return Crt310.reply(0x33, parameter, noContact());
    powered = parameter == 0x30;
    chip = Optional.empty();
    return Crt310.reply(0x33, parameter, Crt310.YES);
  }

  /// Command 37.
  Future<Buffer> chip(int parameter, Buffer data) {
    return switch (parameter) {
      case 0x2F, 0x30 -> reset(parameter);
      case T0, 0x32 -> exchange(parameter, data);
      default -> Crt310.refusal(0x37, Crt310.UNDEFINED_PARAMETER);
    };
  }

  private Future<Buffer> reset(int parameter) {
    if (!isDown()) return Crt310.reply(0x37, parameter, noContact());
    boolean silent = reader.faults().strikes("chip-silent");
    chip = silent || !powered ? Optional.empty() : reader.card().flatMap(SimChip::of);
    return chip.isPresent()
        ? answer(parameter, SimChip.ANSWER_TO_RESET)
        : Crt310.reply(0x37, parameter, Crt310.NO);
  }

  private Future<Buffer> exchange(int parameter, Buffer data) {
    if (data.length() < 2 || data.getUnsignedShort(0) != data.length() - 2) {
      return Crt310.refusal(0x37, DATA_ERROR);
    }
    if (!isDown()) return Crt310.reply(0x37, parameter, noContact());
    if (reader.faults().strikes("chip-contact")) chip = Optional.empty();
    // A chip that talks T=0 makes nothing of T=1.
    if (chip.isEmpty() || parameter != T0) return Crt310.reply(0x37, parameter, Crt310.NO);
    return answer(
        parameter,
        reader.faults().strikes("chip-status")
            ? SimChip.status(0x6F00)
            : chip.get().answer(data.getBytes(2, data.length())));
  }

  private static Future<Buffer> answer(int parameter, byte[] bytes) {
    return Future.succeededFuture(
        Crt310.head(0x37, parameter)
            .appendByte((byte) Crt310.YES)
            .appendUnsignedShort(bytes.length)
            .appendBytes(bytes));
  }

  private int noContact() {
    return reader.media() == Media.NOT_PRESENT ? Crt310.NO_CARD : Crt310.IMPOSSIBLE;
  }
}
