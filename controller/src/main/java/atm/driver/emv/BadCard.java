package atm.driver.emv;

import java.io.IOException;

/// A chip says nothing that can be used. The sentence holds no data of the card.
public final class BadCard extends IOException {
  BadCard(String why) {
    super(why);
  }
}
