package atm.device;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.BeforeEach;

/// The fake keeps to the contract, so that a story told with it holds for a real dispenser.
class FakeCashDispenserTest extends CashDispenserContract {
  private final Vertx vertx = Vertx.vertx();
  private final FakeCashDispenser fake = new FakeCashDispenser(vertx);

  @BeforeEach
  void open() {
    fake.open();
    Awaiting.awaitState(fake, DeviceStatus.State.ONLINE);
  }

  @Override
  protected void stop() {
    Awaiting.await(vertx.close());
  }

  @Override
  protected CashDispenser dispenser() {
    return fake;
  }

  @Override
  protected void takeNotes() {
    fake.takeNotes();
  }

  @Override
  protected void jamAtSecondNote() {
    fake.jamAtNote(2);
  }

  @Override
  protected void nextNoteIsDouble() {
    fake.arm(FakeCashDispenser.Trouble.DOUBLE_NOTE);
  }

  @Override
  protected void jamShutter() {
    fake.arm(FakeCashDispenser.Trouble.SHUTTER_JAM);
  }

  @Override
  protected void breakExitSensor() {
    fake.arm(FakeCashDispenser.Trouble.EXIT_SENSOR);
  }

  @Override
  protected void removeSecondCassette() {
    fake.removeCassette("C2");
  }

  @Override
  protected void loseNextReply() {
    fake.loseNextReply();
  }

  @Override
  protected void cutWire() {
    fake.cutWire();
  }

  @Override
  protected void mendWire() {
    fake.mendWire();
  }

  @Override
  protected int notesInCassette(String id) {
    return fake.notesIn(id);
  }

  @Override
  protected int notesAnywhere() {
    return fake.allNotes();
  }
}
