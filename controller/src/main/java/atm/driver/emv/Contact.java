package atm.driver.emv;

import java.io.IOException;

/// The way to a chip that has power. Blocks.
@FunctionalInterface
public interface Contact {
  /// The answer to one command, status word included; a `SilentChip` where there is none.
  byte[] transmit(byte[] command) throws IOException;
}
