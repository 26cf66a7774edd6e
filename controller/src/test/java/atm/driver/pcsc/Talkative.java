package atm.driver.pcsc;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/// A chip that gives its answers in their order, whatever it is asked; then it is out.
final class Talkative extends CardChannel {
  private final Deque<byte[]> answers;

  Talkative(List<byte[]> answers) {
    this.answers = new ArrayDeque<>(answers);
  }

  @Override
  public ResponseAPDU transmit(CommandAPDU command) throws CardException {
    if (answers.isEmpty()) throw new CardException("the card was pulled out");
    return new ResponseAPDU(answers.remove());
  }

  @Override
  public Card getCard() {
    throw new IllegalStateException("none");
  }

  @Override
  public int getChannelNumber() {
    return 0;
  }

  @Override
  public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
    throw new CardException("not asked for");
  }

  @Override
  public void close() {}
}
