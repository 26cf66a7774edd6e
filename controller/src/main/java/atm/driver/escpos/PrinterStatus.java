package atm.driver.escpos;

import atm.device.DeviceStatus;
import java.util.ArrayList;
import java.util.List;

/// How a printer is, in the words for people: what stops it, and what only wants attention.
record PrinterStatus(List<String> faults, List<String> warnings) {
  static final PrinterStatus WELL = new PrinterStatus(List.of(), List.of());

  PrinterStatus {
    faults = List.copyOf(faults);
    warnings = List.copyOf(warnings);
  }

  /// From the answers to `10 04 2`, `10 04 3` and `10 04 4`.
  static PrinterStatus epson(int cause, int error, int paper) {
    return epson(
        (cause & 0x04) != 0,
        (error & 0x08) != 0,
        (error & 0x20) != 0,
        // Bit 2 means a mechanical error that a command gets rid of, on the models that have it.
        (error & 0x04) != 0,
        (error & 0x40) != 0,
        (paper & 0x60) != 0 || (cause & 0x20) != 0,
        (paper & 0x0C) != 0);
  }

  static PrinterStatus of(Answer.Automatic block) {
    return epson(
        (block.first() & 0x20) != 0,
        (block.second() & 0x08) != 0,
        (block.second() & 0x20) != 0,
        (block.second() & 0x04) != 0,
        (block.second() & 0x40) != 0,
        (block.third() & 0x0C) != 0,
        (block.third() & 0x03) != 0);
  }

  static PrinterStatus of(Answer.Full full) {
    List<String> faults = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    add(faults, full.paper(), 0x01, "paper out");
    add(warnings, full.paper(), 0x44, "paper low");
    add(faults, full.user(), 0x01, "head up");
    add(faults, full.user(), 0x02, "cover open");
    add(faults, full.recoverable(), 0x40, "paper jammed");
    add(faults, full.recoverable(), 0x01, "head too hot");
    add(faults, full.recoverable(), 0x02, "error on the line");
    add(faults, full.recoverable(), 0x08, "supply voltage out of range");
    add(faults, full.recoverable(), 0x20, "a command it does not take");
    add(faults, full.recoverable(), 0x80, "black mark error");
    add(faults, full.recoverable(), 0x14, "recoverable error");
    add(faults, full.unrecoverable(), 0x01, "cutter error");
    add(faults, full.unrecoverable(), 0x02, "cutter cover open");
    add(faults, full.unrecoverable(), 0x04, "memory error");
    add(faults, full.unrecoverable(), 0x08, "settings memory error");
    add(faults, full.unrecoverable(), 0x80, "presenter error");
    add(faults, full.unrecoverable(), 0x70, "unrecoverable error");
    return new PrinterStatus(faults, warnings);
  }

  DeviceStatus device() {
    return faults.isEmpty()
        ? new DeviceStatus(DeviceStatus.State.ONLINE, "ready", warnings)
        : DeviceStatus.fault(String.join(", ", faults));
  }

  private static PrinterStatus epson(
      boolean cover,
      boolean cutter,
      boolean unrecoverable,
      boolean recoverable,
      boolean hot,
      boolean end,
      boolean low) {
    List<String> faults = new ArrayList<>();
    if (end) faults.add("paper out");
    if (cover) faults.add("cover open");
    if (cutter) faults.add("cutter error");
    if (unrecoverable) faults.add("unrecoverable error, wants power off and on");
    if (recoverable) faults.add("mechanical error");
    if (hot) faults.add("head too hot");
    return new PrinterStatus(faults, low && !end ? List.of("paper low") : List.of());
  }

  private static void add(List<String> to, int bits, int mask, String words) {
    if ((bits & mask) != 0) to.add(words);
  }
}
