package atm.link;

import io.vertx.core.buffer.Buffer;

/// Takes a Telnet stream apart, however it was cut into pieces (RFC 854): data, requests about
/// options, and what is said within an option.
final class Telnet {
  static final int SE = 0xF0;
  static final int SB = 0xFA;
  static final int WILL = 0xFB;
  static final int WONT = 0xFC;
  static final int DO = 0xFD;
  static final int DONT = 0xFE;
  static final int IAC = 0xFF;

  /// The longest that RFC 2217 knows is a signature text; what is longer is cut off.
  private static final int SAID_MAX = 512;

  /// Who is told of it.
  interface Ear {
    void data(Buffer bytes);

    void asked(int verb, int option);

    void said(int option, Buffer value);
  }

  private enum State {
    DATA,
    COMMAND,
    OPTION,
    SAID_OPTION,
    SAID,
    SAID_COMMAND
  }

  private final Ear ear;
  private State state = State.DATA;
  private int verb;
  private int option;
  private Buffer said = Buffer.buffer();

  Telnet(Ear ear) {
    this.ear = ear;
  }

  /// Data as it has to be sent.
  static Buffer escaped(Buffer data) {
    Buffer out = Buffer.buffer(data.length() + 8);
    for (byte b : data.getBytes()) {
      out.appendByte(b);
      if ((b & 0xFF) == IAC) out.appendByte(b);
    }
    return out;
  }

  void feed(Buffer bytes) {
    Buffer data = Buffer.buffer();
    for (byte b : bytes.getBytes()) {
      int next = b & 0xFF;
      if (state == State.DATA && next != IAC) {
        data.appendByte(b);
      } else if (state == State.COMMAND && next == IAC) {
        data.appendByte(b);
        state = State.DATA;
      } else {
        if (data.length() > 0) {
          ear.data(data);
          data = Buffer.buffer();
        }
        step(next);
      }
    }
    if (data.length() > 0) ear.data(data);
  }

  private void step(int next) {
    switch (state) {
      case DATA -> state = State.COMMAND;
      case COMMAND -> {
        verb = next;
        state =
            switch (next) {
              case WILL, WONT, DO, DONT -> State.OPTION;
              case SB -> State.SAID_OPTION;
              // The others stand alone and ask for nothing.
              default -> State.DATA;
            };
      }
      case OPTION -> {
        state = State.DATA;
        ear.asked(verb, next);
      }
      case SAID_OPTION -> {
        option = next;
        said = Buffer.buffer();
        state = State.SAID;
      }
      case SAID -> {
        if (next == IAC) state = State.SAID_COMMAND;
        else keep(next);
      }
      case SAID_COMMAND -> {
        if (next == IAC) {
          keep(next);
          state = State.SAID;
        } else {
          state = State.DATA;
          if (next == SE) ear.said(option, said);
        }
      }
    }
  }

  private void keep(int next) {
    if (said.length() < SAID_MAX) said.appendByte((byte) next);
  }
}
