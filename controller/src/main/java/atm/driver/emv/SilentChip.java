package atm.driver.emv;

import java.io.IOException;

/// A chip gives no answer, or none that ends. Power, taken away and given again, may help.
public final class SilentChip extends IOException {
  public SilentChip(String why) {
    super(why);
  }

  public SilentChip(String why, Throwable cause) {
    super(why, cause);
  }
}
