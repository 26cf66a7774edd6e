package atm.driver.crt310;

import java.net.URI;

/// A CRT-310 behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class Crt310OverPtyTest extends Crt310OverTcpTest {
  @Override
  URI at() {
    return URI.create("pty:" + folder.resolve("reader"));
  }
}
