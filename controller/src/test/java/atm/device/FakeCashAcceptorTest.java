package atm.device;

import atm.value.Money;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/// The fake keeps to the contract, so that a story told with it holds for a real acceptor.
class FakeCashAcceptorTest extends CashAcceptorContract {
  private final Vertx vertx = Vertx.vertx();
  private final FakeCashAcceptor fake = new FakeCashAcceptor(vertx);

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
  protected CashAcceptor acceptor() {
    return fake;
  }

  @Override
  protected void putIn(String... notes) {
    fake.putIn(notes);
  }

  @Override
  protected void takeNotes() {
    fake.takeNotes();
  }

  @Override
  protected void jamAtSecondNoteIn() {
    fake.jamAtNoteIn(2);
  }

  @Override
  protected void jamAtSecondNoteStored() {
    fake.jamAtNoteStored(2);
  }

  @Override
  protected void stickEscrow() {
    fake.arm(FakeCashAcceptor.Trouble.ESCROW_STUCK);
  }

  @Override
  protected void freeEscrow() {
    fake.clear(FakeCashAcceptor.Trouble.ESCROW_STUCK);
  }

  @Override
  protected void jamShutter() {
    fake.arm(FakeCashAcceptor.Trouble.SHUTTER_JAM);
  }

  @Override
  protected void breakExitSensor() {
    fake.arm(FakeCashAcceptor.Trouble.EXIT_SENSOR);
  }

  @Override
  protected void fillBins() {
    fake.arm(FakeCashAcceptor.Trouble.BIN_FULL);
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
  protected Map<Money, Integer> notesInBin() {
    return fake.notesAt(FakeCashAcceptor.Place.BIN);
  }

  @Override
  protected int notesPutIn() {
    return fake.inserted();
  }

  @Override
  protected int notesAnywhere() {
    return fake.allNotes();
  }
}
