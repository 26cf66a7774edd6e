package atm.link;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/// One client of a server of RFC 2217 that agrees to everything and says back what it hears.
record AgreeingServer(NetSocket socket) implements Telnet.Ear {
  private static final int CONFIRMED = 100;

  static Telnet to(NetSocket socket) {
    return new Telnet(new AgreeingServer(socket));
  }

  @Override
  public void data(Buffer bytes) {
    socket.write(Telnet.escaped(bytes));
  }

  @Override
  public void asked(int verb, int option) {
    int yes = verb == Telnet.DO ? Telnet.WILL : Telnet.DO;
    socket.write(Buffer.buffer(new byte[] {-1, (byte) yes, (byte) option}));
  }

  @Override
  public void said(int option, Buffer value) {
    value.setByte(0, (byte) (value.getByte(0) + CONFIRMED));
    socket.write(
        Buffer.buffer(new byte[] {-1, (byte) Telnet.SB, (byte) option})
            .appendBuffer(Telnet.escaped(value))
            .appendBytes(new byte[] {-1, (byte) Telnet.SE}));
  }
}
