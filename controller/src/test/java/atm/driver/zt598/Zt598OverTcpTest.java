package atm.driver.zt598;

import atm.value.PinBlock;
import java.util.Map;

/// A ZT598, which learns for whom a PIN is when its block is asked for.
class Zt598OverTcpTest extends Zt588OverTcpTest {
  @Override
  Map<String, String> settings() {
    return Map.of();
  }

  @Override
  protected PinBlock.Format format() {
    return PinBlock.Format.ISO_3;
  }

  @Override
  protected boolean tellsOfLostKeys() {
    return false;
  }
}
