package atm.driver.lcdm4000;

import atm.driver.PlayedDispenserContract;

/// An LCDM-4000 with two cassettes behind a socket.
class Lcdm4000OverTcpTest extends PlayedDispenserContract {
  @Override
  protected String driver() {
    return "puloon-lcdm-4000";
  }

  @Override
  protected boolean remembers() {
    return true;
  }
}
