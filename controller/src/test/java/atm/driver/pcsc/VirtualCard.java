package atm.driver.pcsc;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
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
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final List<String> script;
  private final List<String> complaints = new ArrayList<>();
  private int deafTimes;

  VirtualCard(List<String> script) {
    this.script = List.copyOf(script);
  }

  /// A chip that does not answer so many times when it gets power.
  VirtualCard deaf(int times) {
    deafTimes = times;
    return this;
  }

  List<String> complaints() {
    return complaints;
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
    private final Deque<String> left = new ArrayDeque<>(script);
    private final CardChannel channel = new Channel(this);

    private byte[] answer(byte[] command) {
      String wanted = left.isEmpty() ? "" : left.peek().substring(2);
      String asked = HEX.formatHex(command);
      if (!asked.equals(wanted)) {
        complaints.add("asked " + asked + ", wanted " + wanted);
        return HEX.parseHex("6D 00");
      }
      left.remove();
      return HEX.parseHex(left.remove().substring(2));
    }

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
      return new ResponseAPDU(card.answer(command.getBytes()));
    }

    @Override
    public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
      throw new CardException("not asked for");
    }

    @Override
    public void close() {}
  }
}
