package atm.driver.lcdm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An LCDM-2000 at a TCP port: two note cassettes, a reject tray, one line. Written from the sheet
/// alone, by somebody who had seen neither our driver nor our simulator nor any other part of this
/// program. "Clause" names a heading of the sheet; "Open:" marks a place where it leaves a choice,
/// with the reading chosen.
final class StrangersDispenser implements AutoCloseable {
  /// The numbers of the cassettes.
  static final int UPPER = 0, LOWER = 1;
  /// Clause "Replies": `T` at both ends is a 2000; a version and its checksum met in drivers.
  private static final String ROM = "T20T" + "5624";
  /// Open: how many rejects are "too many". Counted per cassette and command.
  private static final int MOST_REJECTS = 20;
  /// Clause "Error table".
  private static final char GOOD = 0x30, UNDEFINED = 0x37, BAD_REQUEST = 0x3B, OVER_REJECT = 0x44;

  private final ServerSocket server;
  private final Cassette upper, lower;
  private final List<Cassette> cassettes;
  private volatile Socket connection = new Socket();
  private Cassette stuck;
  private char lastError = GOOD;
  private int jamAt, fed;

  /// Listens on any free port, with so many notes in the upper and the lower cassette.
  /// Open: whose check sensors are whose. CHK1/CHK2 are read as the upper path's, CHK3/CHK4
  /// (2000 only) as the lower one's; hence the ERR of a jam there.
  StrangersDispenser(int upper, int lower) throws IOException {
    this.upper = new Cassette(upper, (char) 0x38, (char) 0x33);
    this.lower = new Cassette(lower, (char) 0x40, (char) 0x4C);
    cassettes = List.of(this.upper, this.lower);
    server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::serveAll);
  }

  /// The port listened on.
  int port() {
    return server.getLocalPort();
  }

  /// Notes still in the cassette.
  synchronized int remaining(int cassette) {
    return cassettes.get(cassette).notes;
  }

  /// Notes of the cassette that left through the exit.
  synchronized int paid(int cassette) {
    return cassettes.get(cassette).paid;
  }

  /// Notes of the cassette in the reject tray; a jammed one is in no counter until purged.
  synchronized int rejected(int cassette) {
    return cassettes.get(cassette).rejected;
  }

  /// The n-th note (from 1, rejected ones count) fed by the next dispense jams at the check
  /// sensor. Spent by that dispense even if it feeds fewer notes; tests leave it alone.
  synchronized void jamAt(int note) {
    jamAt = note;
  }

  /// The next note fed from the cassette goes to the reject tray; calls add up.
  synchronized void rejectNext(int cassette) {
    cassettes.get(cassette).toReject++;
  }

  /// Frees the port and hangs up.
  @Override
  public void close() throws IOException {
    server.close();
    connection.close();
  }

  /// Serves one connection after another. A reply not acknowledged when its connection ends is
  /// lost, as when the plug is pulled; the notes stay where they are.
  private void serveAll() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        connection = socket;
        serve(new Line(socket));
      } catch (IOException e) {
        // The host hung up or the dispenser was closed: the loop's condition tells which.
      }
    }
  }

  private void serve(Line line) throws IOException {
    while (!server.isClosed()) {
      var command = line.receive();
      line.send("" + Line.ACK);
      line.deliver(command.charAt(0) + execute(command.charAt(0), command.substring(1)));
    }
  }

  /// Clause "Commands": does it and returns the data of the reply. A repeated dispense is paid
  /// again, for nothing in the frame would tell the device that it is a repetition.
  private synchronized String execute(char command, String data) {
    return switch (command) {
      case 0x44 -> purge();
      case 0x45 -> upper.report(pay(number(data), 0));
      case 0x46 -> status();
      case 0x47 -> ROM;
      case 0x55 -> lower.report(pay(0, number(data)));
      case 0x56 -> both(pay(number(data.substring(0, 2)), number(data.substring(2))));
      case 0x76 -> upper.report(test(upper));
      case 0x77 -> lower.report(test(lower));
      // Open: the reply to an undefined command. Read as shaped like the one to purge.
      default -> "" + UNDEFINED;
    };
  }

  /// Command 44: a stuck note goes to the reject tray, the last error is forgotten.
  private String purge() {
    if (stuck != null) {
      stuck.rejected++;
      stuck = null;
    }
    lastError = GOOD;
    return "" + GOOD;
  }

  /// Commands 45, 55 and 56: pays the notes and returns ERR.
  /// Open: 56 may ask for 00 from one cassette; the upper one pays first, and an error there
  /// leaves the lower one untouched. A jam forbids feeding, with the same ERR, until purged.
  private char pay(int above, int below) {
    cassettes.forEach(Cassette::begin);
    if (above < 0 || below < 0 || above + below == 0) {
      return BAD_REQUEST;
    }
    if (stuck == null) {
      fed = 0;
      lastError = GOOD;
      feed(upper, above);
      feed(lower, below);
      jamAt = 0;
    }
    return lastError;
  }

  /// Feeds until enough notes are out or an error stops it. Rejected notes are replaced; notes
  /// out before the error stay out ("trust EXIT").
  private void feed(Cassette cassette, int wanted) {
    while (lastError == GOOD && cassette.runPaid < wanted) {
      lastError = feedOne(cassette);
    }
  }

  /// Open: a note that jams at the check sensor has been seen by it, so CHK counts it.
  private char feedOne(Cassette cassette) {
    if (cassette.notes == 0) {
      return cassette.empty;
    }
    cassette.pick();
    if (++fed == jamAt) {
      stuck = cassette;
      return cassette.jam;
    }
    if (cassette.toReject > 0) {
      cassette.reject();
      return cassette.runRejected < MOST_REJECTS ? GOOD : OVER_REJECT;
    }
    cassette.paid++;
    cassette.runPaid++;
    return GOOD;
  }

  /// Commands 76 and 77: one note goes to the reject tray, so EXIT stays 00; returns ERR.
  private char test(Cassette cassette) {
    cassette.begin();
    if (stuck == null) {
      lastError = cassette.notes > 0 ? GOOD : cassette.empty;
      if (lastError == GOOD) {
        cassette.pick();
        cassette.reject();
      }
    }
    return lastError;
  }

  /// Command 46: `30`, ERR, SENSOR0, SENSOR1. A stuck note blocks CHK1 (upper) or CHK3 (lower).
  /// Open: ERR is that of the last command that moved notes, until purged; a set cassette or
  /// tray bit means missing, as in the LCDM-1000's example: all are present here, thus 0.
  private String status() {
    int sensor0 = 0x80 | upper.nearEnd() << 6 | (stuck == upper ? 0x01 : 0);
    int sensor1 = lower.nearEnd() << 5 | (stuck == lower ? 0x08 : 0);
    return "0" + lastError + (char) sensor0 + (char) sensor1;
  }

  /// Reply to 56, data: CHK_U, EXIT_U, CHK_L, EXIT_L, ERR, STATE_U, STATE_L, REJ_U, REJ_L.
  /// Open: drivers disagree on the order; this is the one the manual makes the default.
  private String both(char error) {
    return two(upper.runPicked)
        + two(upper.runPaid)
        + two(lower.runPicked)
        + two(lower.runPaid)
        + error
        + upper.nearEnd()
        + lower.nearEnd()
        + two(upper.runRejected)
        + two(lower.runRejected);
  }

  private static String two(int number) {
    return "" + number / 10 + number % 10;
  }

  /// The number of notes two ASCII digits ask for, 00 to 60; -1 if they do not.
  private static int number(String digits) {
    return digits.matches("[0-5][0-9]|60") ? Integer.parseInt(digits) : -1;
  }

  /// A cassette, with its counters of all time and of the last command, and the ERRs it causes.
  private static final class Cassette {
    final char empty, jam;
    int notes, paid, rejected, toReject, runPicked, runPaid, runRejected;

    Cassette(int notes, char empty, char jam) {
      this.notes = notes;
      this.empty = empty;
      this.jam = jam;
    }

    void begin() {
      runPicked = runPaid = runRejected = 0;
    }

    void pick() {
      notes--;
      runPicked++;
    }

    void reject() {
      toReject = Math.max(0, toReject - 1);
      rejected++;
      runRejected++;
    }

    /// STATE as a digit and the near-end sensor. Open: how many notes are near the end.
    int nearEnd() {
      return notes <= 20 ? 1 : 0;
    }

    /// Clause "Replies", one cassette: CHK, EXIT, ERR, STATE, REJ.
    String report(char error) {
      return two(runPicked) + two(runPaid) + error + nearEnd() + two(runRejected);
    }
  }

  /// The wire: clauses "Frame layout", "Checksum" and "Timing, retry, acknowledgement".
  private static final class Line {
    static final char SOH = 1, STX = 2, ETX = 3, EOT = 4, ACK = 6, NCK = 0x15, ID = 0x50;
    private static final int SILENCE = -1, TRIES = 3;
    /// Nanoseconds. Open: the wait for the host's ACK; read as long as the host waits for one.
    private static final long FRAME = 200_000_000, ANSWER = 500_000_000, FOREVER = 0;
    private final Socket socket;
    private boolean begun;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
    }

    void send(String bytes) throws IOException {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Command byte and data of the next good frame. Bytes before an EOT are ignored. A bad
    /// frame is answered NCK when its 200 ms are over, lest its tail pass for a frame.
    /// Open: a late frame and one with a wrong ID are bad as well, not passed over in silence.
    String receive() throws IOException {
      while (true) {
        while (!begun && read(0, FOREVER) != EOT) {}
        begun = false;
        long start = System.nanoTime();
        var frame = collect("" + EOT, start);
        if (good(frame)) {
          return frame.substring(3, frame.length() - 2);
        }
        while (read(start, FRAME) != SILENCE) {}
        send("" + NCK);
      }
    }

    /// Sends the reply at most three times, until the host ACKs it; NCK and silence repeat it.
    /// Open: a busy device. Notes move in no time here, so a new EOT can only come instead of
    /// the ACK: the host moved on, its new transaction begins. Other bytes are ignored.
    void deliver(String commandAndData) throws IOException {
      var frame = "" + SOH + ID + STX + commandAndData + ETX;
      int answer = SILENCE;
      for (int i = 0; i < TRIES && answer != ACK && !begun; i++) {
        send(frame + xor(frame));
        long start = System.nanoTime();
        do {
          answer = read(start, ANSWER);
        } while (answer != ACK && answer != NCK && answer != EOT && answer != SILENCE);
        begun = answer == EOT;
      }
    }

    /// Counts bytes by the command rather than looking for ETX; a frame may come out short.
    private String collect(String frame, long start) throws IOException {
      int value = frame.length() < length(frame) ? read(start, FRAME) : SILENCE;
      return value == SILENCE ? frame : collect(frame + (char) value, start);
    }

    /// Clause "Commands". Open: an undefined command is taken to have no data.
    private static int length(String frame) {
      return switch (frame.length() > 3 ? frame.charAt(3) : 0) {
        case 0x45, 0x55 -> 8;
        case 0x56 -> 10;
        default -> 6;
      };
    }

    /// The XOR of a whole frame, check byte included, is 0.
    private static boolean good(String frame) {
      return frame.length() == length(frame)
          && frame.charAt(1) == ID
          && xor(frame) == 0
          && frame.charAt(2) == STX
          && frame.charAt(frame.length() - 2) == ETX;
    }

    private static char xor(String bytes) {
      return (char) bytes.chars().reduce(0, (a, b) -> a ^ b);
    }

    /// The next byte, or SILENCE if it does not come within the time from the start.
    private int read(long start, long time) throws IOException {
      long left = (time - System.nanoTime() + start) / 1_000_000;
      socket.setSoTimeout(time == FOREVER ? 0 : (int) Math.max(1, left));
      try {
        int value = socket.getInputStream().read();
        if (value < 0) {
          throw new IOException("the host hung up");
        }
        return value;
      } catch (SocketTimeoutException e) {
        return SILENCE;
      }
    }
  }
}
