package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.Fault;
import atm.device.PinPad.Key;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Follows the KeyEvents of one entry (§8 "PIN", §9.4): which key was pressed, or, where the pad
/// hides it, how many digits are in; and which key ended it.
final class KeyEvents implements Consumer<Message> {
  private final Consumer<Message> listener;
  private Optional<Key> last = Optional.empty();
  private int count;

  private KeyEvents(int digitsMax, IntConsumer digits, Set<Key> ends, Consumer<Key> pressed) {
    listener =
        event -> {
          String completion = Message.text(event.payload(), "completion").orElse("");
          int before = count;
          count =
              switch (completion) {
                case "continue" -> last.map(Key::isDigit).orElse(true) ? count + 1 : count;
                case "clear" -> 0;
                case "backspace" -> Math.max(0, count - 1);
                default -> count;
              };
          count = Math.min(count, digitsMax);
          if (count != before) digits.accept(count);
          last.filter(key -> !ends.contains(key)).ifPresent(pressed);
        };
  }

  /// For a PIN: digits come without a name, and only their count is told.
  static KeyEvents countingDigits(int digitsMax, IntConsumer digits) {
    return new KeyEvents(digitsMax, digits, Set.of(), _ -> {});
  }

  static KeyEvents telling(Set<Key> ends, Consumer<Key> pressed) {
    return new KeyEvents(Integer.MAX_VALUE, _ -> {}, ends, pressed);
  }

  @Override
  public void accept(Message event) {
    if (!event.name().equals("Keyboard.KeyEvent")) return;
    last = Message.text(event.payload(), "digit").flatMap(KeyNames::named);
    listener.accept(event);
  }

  /// Which key ended the entry, from its completion and the last press.
  Key endOf(Message completion) {
    String word = Message.text(completion.payload(), "completion").orElse("");
    return switch (word) {
      case "enter", "auto" -> Key.ENTER;
      case "cancel" -> Key.CANCEL;
      default ->
          Xfs4IotPinPad.lastPinKey(completion)
              .flatMap(KeyNames::named)
              .or(() -> last)
              .orElseThrow(
                  () ->
                      new DeviceException(
                          new Fault(
                              Fault.Code.PROTOCOL,
                              completion.name() + " ended by \"" + word + "\", no key was told")));
    };
  }
}
