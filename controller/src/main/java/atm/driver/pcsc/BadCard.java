package atm.driver.pcsc;

import java.io.IOException;

/// A chip says nothing that can be used. The sentence holds no data of the card.
final class BadCard extends IOException {
  BadCard(String why) {
    super(why);
  }
}
