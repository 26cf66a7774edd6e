package atm.driver.zt598;

import java.net.URI;

/// A ZT598 behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class Zt598OverPtyTest extends Zt598OverTcpTest {
  @Override
  URI at() {
    return URI.create("pty:" + folder.resolve("pad"));
  }
}
