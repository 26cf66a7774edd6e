package atm.driver.lcdm4000;

import java.net.URI;

/// An LCDM-4000 behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class Lcdm4000OverPtyTest extends Lcdm4000OverTcpTest {
  @Override
  protected URI at() {
    return URI.create("pty:" + folder.resolve("lcdm"));
  }
}
