package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.Consumer;

/// A remote serial port over a socket: Telnet with the option COM-PORT (RFC 2217).
final class Rfc2217Link implements ByteLink, Telnet.Ear {
  private static final int BINARY = 0x00;
  private static final int ECHO = 0x01;
  private static final int NO_GO_AHEAD = 0x03;
  private static final int COM_PORT = 0x2C;

  private static final int BAUD = 1;
  private static final int DATA_BITS = 2;
  private static final int PARITY = 3;
  private static final int STOP_BITS = 4;
  private static final int CONTROL = 5;
  private static final int PURGE = 12;

  private static final int DTR_ON = 8;
  private static final int PURGE_BOTH = 3;

  /// The server answers a command with its code and 100.
  private static final int ANSWER = 100;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  /// A command and the value that its answer has to carry.
  private record Setting(int code, Buffer value) {}

  private final ByteLink socket;
  private final String at;
  private final WireTrace trace;
  private final Telnet telnet = new Telnet(this);
  private final Deque<Setting> settings = new ArrayDeque<>();
  private final Promise<Void> agreed = Promise.promise();
  private final Promise<IOException> ended = Promise.promise();
  private Consumer<Buffer> onBytes = _ -> {};
  private boolean active;

  Rfc2217Link(ByteLink socket, String at, WireTrace trace) {
    this.socket = socket;
    this.at = at;
    this.trace = trace;
    socket.onBytes(telnet::feed);
    socket.ended().onSuccess(why -> end(new IOException(at + ": " + why.getMessage(), why)));
  }

  /// Completes when the server has set the line as asked; fails when it does not.
  Future<Void> agree(LineSettings line) {
    settings.add(new Setting(BAUD, Buffer.buffer().appendInt(line.baud())));
    settings.add(one(DATA_BITS, line.data()));
    settings.add(one(PARITY, line.parity().ordinal() + 1));
    settings.add(one(STOP_BITS, stopBits(line.stop())));
    settings.add(one(CONTROL, flow(line.flow())));
    settings.add(one(CONTROL, DTR_ON));
    // What arrived while nobody listened answers nothing that will be asked.
    settings.add(one(PURGE, PURGE_BOTH));
    // In the order in which pyserial's client asks: servers are tried against that one.
    ask(Telnet.DO, ECHO);
    ask(Telnet.WILL, NO_GO_AHEAD);
    ask(Telnet.DO, NO_GO_AHEAD);
    ask(Telnet.DO, COM_PORT);
    ask(Telnet.WILL, COM_PORT);
    return agreed.future();
  }

  private static Setting one(int code, int value) {
    return new Setting(code, Buffer.buffer().appendByte((byte) value));
  }

  private static int stopBits(LineSettings.Stop stop) {
    return switch (stop) {
      case ONE -> 1;
      case TWO -> 2;
      case ONE_AND_A_HALF -> 3;
    };
  }

  private static int flow(LineSettings.Flow flow) {
    return switch (flow) {
      case NONE -> 1;
      case SOFTWARE -> 2;
      case HARDWARE -> 3;
    };
  }

  @Override
  public String at() {
    return at;
  }

  @Override
  public void onBytes(Consumer<Buffer> handler) {
    onBytes = handler;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    if (ended.future().isComplete()) return Future.failedFuture(ended.future().result());
    trace.sent(bytes);
    return socket.write(Telnet.escaped(bytes));
  }

  @Override
  public Future<IOException> ended() {
    return ended.future();
  }

  @Override
  public void fail(IOException why) {
    end(why);
    socket.fail(why);
  }

  @Override
  public Future<Void> close() {
    end(new IOException(at + ": closed by us"));
    return socket.close();
  }

  private void end(IOException why) {
    agreed.tryFail(why);
    if (ended.tryComplete(why)) trace.noted(why.getMessage());
  }

  @Override
  public void data(Buffer bytes) {
    // Before the line is set, whatever comes was sent at another speed.
    if (!agreed.future().isComplete() || ended.future().isComplete()) return;
    trace.received(bytes);
    onBytes.accept(bytes);
  }

  @Override
  public void asked(int verb, int option) {
    switch (option) {
      case COM_PORT -> comPort(verb);
      // Asked for by us, or harmless: the server's word on them changes nothing.
      case ECHO, NO_GO_AHEAD -> {}
      case BINARY -> {
        if (verb == Telnet.DO) ask(Telnet.WILL, BINARY);
        if (verb == Telnet.WILL) ask(Telnet.DO, BINARY);
      }
      default -> {
        if (verb == Telnet.DO) ask(Telnet.WONT, option);
        if (verb == Telnet.WILL) ask(Telnet.DONT, option);
      }
    }
  }

  private void comPort(int verb) {
    if (verb == Telnet.DONT) {
      agreed.tryFail(new IOException(at + ": the server does not speak RFC 2217"));
    } else if (verb == Telnet.DO && !active) {
      active = true;
      sendNext();
    }
  }

  @Override
  public void said(int option, Buffer value) {
    Setting wanted = settings.peek();
    boolean awaited =
        option == COM_PORT
            && active
            && wanted != null
            && value.length() > 0
            && value.getUnsignedByte(0) == wanted.code + ANSWER;
    // Notices of line and modem come unasked.
    if (!awaited) return;
    Buffer really = value.getBuffer(1, value.length());
    if (!really.equals(wanted.value)) {
      agreed.tryFail(
          new IOException(
              "%s: the server sets %d to %s, wanted %s"
                  .formatted(
                      at,
                      wanted.code,
                      HEX.formatHex(really.getBytes()),
                      HEX.formatHex(wanted.value.getBytes()))));
      return;
    }
    settings.remove();
    if (settings.isEmpty()) agreed.tryComplete();
    else sendNext();
  }

  private void sendNext() {
    Setting next = settings.element();
    Buffer command =
        Buffer.buffer()
            .appendByte((byte) Telnet.IAC)
            .appendByte((byte) Telnet.SB)
            .appendByte((byte) COM_PORT)
            .appendByte((byte) next.code)
            .appendBuffer(Telnet.escaped(next.value))
            .appendByte((byte) Telnet.IAC)
            .appendByte((byte) Telnet.SE);
    socket.write(command);
  }

  private void ask(int verb, int option) {
    socket.write(Buffer.buffer(new byte[] {(byte) Telnet.IAC, (byte) verb, (byte) option}));
  }
}
