package atm.driver.ssp;

import java.net.URI;

/// The acceptor behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class SspCashAcceptorOverPtyTest extends SspCashAcceptorTest {
  @Override
  URI at() {
    return URI.create("pty:" + folder.resolve("acceptor"));
  }
}
