package atm.link;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// The one call by which the kernel is asked about an input device, and told to give it to us alone
/// (`ioctl(2)`). A test plays the kernel here.
@FunctionalInterface
public interface Ioctl {
  /// The kernel's own.
  static Ioctl linux() {
    return LinuxInput::ioctl;
  }

  /// @param argument memory the kernel reads or fills, or a number in the place of its address
  int call(int fd, long request, MemorySegment argument) throws IOException;
}
