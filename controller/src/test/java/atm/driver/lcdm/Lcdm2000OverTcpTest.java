package atm.driver.lcdm;

import atm.driver.PlayedDispenserContract;
import java.util.Map;

/// An LCDM-2000 behind a socket.
class Lcdm2000OverTcpTest extends PlayedDispenserContract {
  @Override
  protected String driver() {
    return "puloon-lcdm";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("reply-56", "by-cassette");
  }

  @Override
  protected boolean remembers() {
    return false;
  }
}
