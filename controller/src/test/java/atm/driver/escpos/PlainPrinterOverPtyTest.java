package atm.driver.escpos;

import java.net.URI;

/// The same behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class PlainPrinterOverPtyTest extends PlainPrinterTest {
  @Override
  protected URI at() {
    return URI.create("pty:" + folder.resolve("printer"));
  }
}
