package atm.driver.lcdm;

import atm.driver.PlayedDispenserContract;

/// An LCDM-2000 behind a socket.
class Lcdm2000OverTcpTest extends PlayedDispenserContract {
  @Override
  protected String driver() {
    return "puloon-lcdm";
  }

  @Override
  protected boolean remembers() {
    return false;
  }
}
