package atm.driver.zt598;

import atm.device.PinPad.Binding;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.value.WrappedKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntConsumer;

/// A unit at the end of its line: what it can be asked, in words.
final class PadUnit {
  /// The longest time limit that it can be given.
  private static final int LIMIT_MAX_S = 0xFF;

  /// Shorter check values than this are no check (ANSI X9.24-1: three bytes).
  private static final int CHECK_BYTES_MIN = 3;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  final ByteLink link;
  private final PadLine line;
  private final PadSettings settings;

  PadUnit(ByteLink link, Deadlines deadlines, PadSettings settings) {
    this.link = link;
    this.line = new PadLine(link, deadlines);
    this.settings = settings;
  }

  /// To be told of each key byte from now on, instead of whoever was told before.
  void onKey(IntConsumer handler) {
    line.onKey(handler);
  }

  /// The order is the sheet's.
  Future<PadReply> set() {
    return control('6', 0x37) // plain hex
        .compose(_ -> control('0', 0x35)) // key sound on
        .compose(_ -> control('8', 0x0A)) // of a tenth of a second
        .compose(_ -> control('A', 0x22)) // CLEAR takes all digits back
        .compose(_ -> inputOff());
  }

  Future<PadReply> reset() {
    return control('0', 0x30);
  }

  /// Each key is told as what it is.
  Future<PadReply> inputOn() {
    return control('0', 0x33);
  }

  Future<PadReply> inputOff() {
    return control('0', 0x32);
  }

  /// The parameters each time: a unit that was without power for a moment has others. The mask
  /// character is not that of the sheet's start, which sends nothing for a digit.
  ///
  /// @param binding of which a ZT598 has no need
  Future<PadReply> startPin(
      Optional<Binding> binding, int minDigits, int maxDigits, Duration within) {
    long limit = within.isZero() ? LIMIT_MAX_S : Math.min(within.toSeconds() + 1, LIMIT_MAX_S);
    return control('2', (int) limit)
        .compose(_ -> control('3', PadKeys.MASKED_DIGIT))
        .compose(_ -> control('4', minDigits))
        .compose(_ -> control('5', maxDigits))
        .compose(
            _ ->
                line.ask(
                    settings.model().startPin(settings, binding.orElse(null), maxDigits),
                    PadReply.Shape.NOTHING));
  }

  /// The encrypted block.
  Future<byte[]> pinBlock(Binding binding) {
    return line.ask(settings.model().pinBlock(settings, binding), PadReply.Shape.PIN_BLOCK)
        .map(reply -> HEX.parseHex(reply.block()));
  }

  /// Of the key types, 3 is one for PINs; the length is in units of eight bytes.
  ///
  /// @return whether its check value comes out
  Future<Boolean> loadKey(WrappedKey key) {
    byte[] value = key.value();
    String text =
        "2%s%s3%d%s"
            .formatted(
                settings.masterSlot(), settings.pinSlot(), value.length / 8, HEX.formatHex(value));
    return line.ask(text, PadReply.Shape.CHECK_VALUE)
        .map(reply -> isCheckOf(key, HEX.parseHex(reply.data())));
  }

  private static boolean isCheckOf(WrappedKey key, byte[] seen) {
    byte[] wanted = key.checkValue();
    int length = Math.min(seen.length, wanted.length);
    return length >= CHECK_BYTES_MIN
        && Arrays.equals(Arrays.copyOf(seen, length), Arrays.copyOf(wanted, length));
  }

  /// A ZT588's in the form of the sheet; of a ZT598 whatever it says.
  Future<PadReply> information() {
    return line.ask("3", settings.model().information());
  }

  private Future<PadReply> control(char parameter, int value) {
    return line.ask("5%c%02X".formatted(parameter, value), PadReply.Shape.NOTHING);
  }
}
