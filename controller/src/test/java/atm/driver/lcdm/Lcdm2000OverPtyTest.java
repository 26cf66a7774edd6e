package atm.driver.lcdm;

import java.net.URI;

/// An LCDM-2000 behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class Lcdm2000OverPtyTest extends Lcdm2000OverTcpTest {
  @Override
  protected URI at() {
    return URI.create("pty:" + folder.resolve("lcdm"));
  }
}
