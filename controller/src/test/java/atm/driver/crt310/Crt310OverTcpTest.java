package atm.driver.crt310;

import atm.device.CardReader;
import atm.device.CardReaderContract;
import atm.device.DeviceKind;
import atm.driver.PlayedMachine;
import atm.value.Track2;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Card;
import sim.mechanics.SimCardReader;
import sim.mechanics.When;

/// A CRT-310 behind a socket.
class Crt310OverTcpTest extends CardReaderContract {
  @TempDir Path folder;
  private PlayedMachine machine;

  URI at() {
    return URI.create("tcp://localhost:0");
  }

  Map<String, String> settings() {
    return Map.of();
  }

  @BeforeEach
  void start() {
    machine =
        new PlayedMachine(folder, DeviceKind.CARD_READER, "crt-310", at(), List.of(), settings());
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  private SimCardReader mechanics() {
    return (SimCardReader) machine.mechanics();
  }

  @Override
  protected CardReader reader() {
    return (CardReader) machine.device();
  }

  @Override
  protected Track2 insertCard() {
    Card card = PlayedMachine.ALICE.card();
    machine.handWhenPossible(() -> mechanics().insert(card));
    return Track2.parse(new String(card.track2(), StandardCharsets.US_ASCII));
  }

  @Override
  protected void insertUnreadableCard() {
    fault("unreadable", When.ONCE);
    insertCard();
  }

  final void fault(String kind, When when) {
    machine.hand(() -> mechanics().fault(kind, when));
  }

  @Override
  protected void takeCard() {
    machine.hand(() -> mechanics().take());
  }

  @Override
  protected void jam() {
    machine.hand(() -> mechanics().fault("jam", When.NOW));
  }

  @Override
  protected void cutWire() {
    machine.hand(() -> mechanics().unplug());
  }

  @Override
  protected void mendWire() {
    machine.hand(() -> mechanics().plug());
  }
}
