package atm.driver.crt310;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import sim.mechanics.When;

/// A CRT-310 that reads chips first. No stripe can be read here, so what is read is the chip.
class Crt310ChipOverTcpTest extends Crt310OverTcpTest {
  @Override
  Map<String, String> settings() {
    return Map.of("chip", "yes");
  }

  @BeforeEach
  void wearTheStripeOff() {
    fault("unreadable", When.ALWAYS);
  }

  @Override
  protected void insertUnreadableCard() {
    fault("chip-silent", When.NOW);
    insertCard();
  }
}
