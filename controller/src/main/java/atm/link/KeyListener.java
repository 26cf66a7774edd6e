package atm.link;

/// Hears what the keys of an input device do, on the link's context. Codes are those of Linux's
/// `input-event-codes.h`.
public interface KeyListener {
  /// @param atMicros the kernel's own time of the press
  void pressed(int code, long atMicros);

  void released(int code);

  /// Presses or releases were lost; which keys are down is not known any more.
  void lost();
}
