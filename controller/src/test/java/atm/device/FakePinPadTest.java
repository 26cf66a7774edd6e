package atm.device;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The fake keeps to the contract, so that a story told with it holds for a real pad.
class FakePinPadTest extends PinPadContract {
  private final Vertx vertx = Vertx.vertx();
  private final FakePinPad fake = new FakePinPad(vertx, TestKeys.KEK);

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
  protected PinPad pad() {
    return fake;
  }

  @Override
  protected void press(PinPad.Key... keys) {
    fake.press(keys);
  }

  @Override
  protected void loseKeys() {
    fake.loseKeys();
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
