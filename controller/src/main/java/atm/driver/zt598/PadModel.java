package atm.driver.zt598;

import atm.device.Fault;
import atm.device.PinPad.Binding;
import atm.value.Pan;
import atm.value.PinBlock;
import java.util.Optional;
import java.util.Set;

/// In what the two units differ: when they learn for which account a PIN is, and what they tell of
/// themselves.
enum PadModel {
  /// Wants key, format and account before the PIN is typed.
  ZT588 {
    @Override
    String startPin(PadSettings settings, Binding binding, int maxDigits) {
      return "6%s%c0%02d%s"
          .formatted(
              settings.pinSlot(), format(binding.format()), maxDigits, number(binding.pan()));
    }

    @Override
    String pinBlock(PadSettings settings, Binding binding) {
      return "7";
    }
  },

  /// Wants them with the question for the PIN block. What starts an entry, the sheet knows by
  /// example only.
  ZT598 {
    @Override
    String startPin(PadSettings settings, Binding binding, int maxDigits) {
      return "6" + settings.startPin();
    }

    @Override
    String pinBlock(PadSettings settings, Binding binding) {
      return "7" + settings.pinSlot() + format(binding.format()) + number(binding.pan());
    }
  };

  static final Set<PinBlock.Format> FORMATS = Set.of(PinBlock.Format.ISO_0, PinBlock.Format.ISO_3);

  /// Twelve digits and the check digit.
  private static final int PAN_MIN = 13;

  /// Why no PIN block can be made for that; empty where it can.
  static Optional<Fault> whyNot(Binding binding) {
    int digits = binding.pan().digits().length();
    if (!FORMATS.contains(binding.format())) {
      return unsupported("makes formats 0 and 3, not " + binding.format());
    }
    return digits < PAN_MIN
        ? unsupported("a PAN of " + digits + " digits in formats 0 and 3")
        : Optional.empty();
  }

  private static Optional<Fault> unsupported(String why) {
    return Optional.of(new Fault(Fault.Code.UNSUPPORTED, "pin-pad: " + why));
  }

  abstract String startPin(PadSettings settings, Binding binding, int maxDigits);

  abstract String pinBlock(PadSettings settings, Binding binding);

  PadReply.Shape information() {
    return this == ZT588 ? PadReply.Shape.INFORMATION : PadReply.Shape.ANYTHING;
  }

  private static char format(PinBlock.Format format) {
    return switch (format) {
      case ISO_0 -> ' ';
      case ISO_3 -> '#';
      case ISO_4 -> throw new IllegalArgumentException("no format 4");
    };
  }

  /// The twelve digits before the check digit.
  private static String number(Pan pan) {
    String digits = pan.digits();
    return digits.substring(digits.length() - 13, digits.length() - 1);
  }
}
