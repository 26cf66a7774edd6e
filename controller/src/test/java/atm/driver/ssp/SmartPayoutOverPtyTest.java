package atm.driver.ssp;

import java.net.URI;

/// A SMART Payout behind a real pseudo-terminal, through jSerialComm as a serial port would be.
class SmartPayoutOverPtyTest extends SmartPayoutTest {
  @Override
  protected URI at() {
    return URI.create("pty:" + folder.resolve("payout"));
  }
}
