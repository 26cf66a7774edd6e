package atm.driver.pcsc;

import atm.driver.emv.ScriptedChip;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.smartcardio.ATR;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;

/// A chip made of a script, `> hex` and `< hex`, which it plays from the start each time that it
/// gets power. What it is asked otherwise it does not know: 6D00.
final class VirtualCard {
  private final List<String> script;
  private int deafTimes;

  VirtualCard(List<String> script) {
    this.script = List.copyOf(script);
  }

  /// A chip that does not answer so many times when it gets power.
  VirtualCard deaf(int times) {
    deafTimes = times;
    return this;
  }

  Card powered() throws CardException {
    if (deafTimes > 0) {
      deafTimes--;
      throw new CardException(
          "connect() failed", new IllegalStateException("SCARD_W_UNRESPONSIVE_CARD"));
    }
    return new Powered();
  }

  private final class Powered extends Card {
    private final ScriptedChip chip = new ScriptedChip(script, new ArrayList<>());
    private final CardChannel channel = new Channel(this);

    @Override
    public ATR getATR() {
      return new ATR(new byte[] {0x3B, 0});
    }

    @Override
    public String getProtocol() {
      return "T=0";
    }

    @Override
    public CardChannel getBasicChannel() {
      return channel;
    }

    @Override
    public CardChannel openLogicalChannel() throws CardException {
      throw new CardException("only the basic one");
    }

    @Override
    public void beginExclusive() {}

    @Override
    public void endExclusive() {}

    @Override
    public byte[] transmitControlCommand(int code, byte[] command) throws CardException {
      throw new CardException("none");
    }

    @Override
    public void disconnect(boolean reset) {}
  }

  private static final class Channel extends CardChannel {
    private final Powered card;

    Channel(Powered card) {
      this.card = card;
    }

    @Override
    public Card getCard() {
      return card;
    }

    @Override
    public int getChannelNumber() {
      return 0;
    }

    @Override
    public ResponseAPDU transmit(CommandAPDU command) {
      return new ResponseAPDU(card.chip.transmit(command.getBytes()));
    }

    @Override
    public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
      throw new CardException("not asked for");
    }

    @Override
    public void close() {}
  }
}
