package lesson;

import atm.device.DeviceStatus;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/// One line that the printer says.
sealed interface Said {
  /// `=` or `!` and the flags.
  record Report(boolean asked, boolean out, boolean low, boolean jammed, boolean hanging)
      implements Said {
    boolean canPrint() {
      return !out && !jammed;
    }

    DeviceStatus status() {
      List<String> faults = new ArrayList<>();
      if (out) faults.add("paper out");
      if (jammed) faults.add("paper jammed");
      return faults.isEmpty()
          ? new DeviceStatus(
              DeviceStatus.State.ONLINE, "ready", low ? List.of("paper low") : List.of())
          : DeviceStatus.fault(String.join(", ", faults));
    }
  }

  /// `K` and the number of lines.
  record Cut(int lines) implements Said {}

  /// `N`
  record NotCut() implements Said {}

  /// Reads a line without its end; says what was seen where it is none of the sheet's.
  static Said of(String line) throws ProtocolException {
    if (line.matches("[=!]P?L?J?H?")) {
      return new Report(
          line.startsWith("="),
          line.contains("P"),
          line.contains("L"),
          line.contains("J"),
          line.contains("H"));
    }
    if (line.matches("K\\d\\d")) return new Cut(Integer.parseInt(line.substring(1)));
    if (line.equals("N")) return new NotCut();
    throw new ProtocolException(
        "the printer said \""
            + line.replaceAll("[^ -~]", "?")
            + "\", which the sheet does not know");
  }
}
