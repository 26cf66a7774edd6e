package atm.driver.crt310;

import java.net.URI;

/// The same behind a real pseudo-terminal.
class Crt310ChipOverPtyTest extends Crt310ChipOverTcpTest {
  @Override
  URI at() {
    return URI.create("pty:" + folder.resolve("reader"));
  }
}
