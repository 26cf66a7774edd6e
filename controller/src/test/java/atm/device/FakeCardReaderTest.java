package atm.device;

import atm.value.Track2;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The fake keeps to the contract, so that a story told with it holds for a real reader.
class FakeCardReaderTest extends CardReaderContract {
  private final Vertx vertx = Vertx.vertx();
  private final FakeCardReader fake = new FakeCardReader(vertx);

  @BeforeEach
  void open() {
    fake.open();
    Awaiting.awaitState(fake, DeviceStatus.State.ONLINE);
  }

  @AfterEach
  void close() {
    Awaiting.await(vertx.close());
  }

  @Override
  protected CardReader reader() {
    return fake;
  }

  @Override
  protected Track2 insertCard() {
    Track2 track2 = Track2.parse("4000001234567899=29122010000012300000");
    fake.insert(track2);
    return track2;
  }

  @Override
  protected void insertUnreadableCard() {
    fake.insertUnreadable();
  }

  @Override
  protected void takeCard() {
    fake.takeCard();
  }

  @Override
  protected void jam() {
    fake.arm(FakeCardReader.Trouble.JAM);
  }

  @Override
  protected void cutWire() {
    fake.cutWire();
  }

  @Override
  protected void mendWire() {
    fake.mendWire();
  }
}
