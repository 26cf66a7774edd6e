package atm.driver.zt598;

import java.net.URI;

/// A ZT588 behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class Zt588OverPtyTest extends Zt588OverTcpTest {
  @Override
  URI at() {
    return URI.create("pty:" + folder.resolve("pad"));
  }
}
