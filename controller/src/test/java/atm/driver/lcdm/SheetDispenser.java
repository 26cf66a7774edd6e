package atm.driver.lcdm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// An LCDM-2000 at a port, written a second time from its sheet: plain sockets, one thread, no
/// state but two stacks of notes. It has the habits that the sheet lets a unit have.
final class SheetDispenser implements AutoCloseable {
  enum Habit {
    /// One byte at a time.
    DRIBBLES,
    /// Stray FF before the ACK.
    STRAY_FF,
    /// A reply is sent again though the host has acknowledged it.
    REPEATS,
    /// What is left of some frame comes before each reply.
    HALF_A_FRAME_BEFORE,
    /// The first reply to each command has a wrong check byte.
    GARBLES_FIRST,
    /// The first command is refused with NCK.
    REFUSES_FIRST,
    /// The reply comes some time after its ACK.
    SLOW,
    /// CHK of both, then EXIT of both.
    BY_SENSOR,
    /// A note is rejected before each cassette's first.
    REJECTS,
    /// The lower cassette has one note.
    NEARLY_EMPTY
  }

  private static final int ACK = 0x06;
  private static final int NCK = 0x15;

  private final Set<Habit> habits = EnumSet.noneOf(Habit.class);
  private final ServerSocket port;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Integer> commands = Collections.synchronizedList(new ArrayList<>());
  private final int[] stock = {500, 500};
  private int delivered;
  private int lastError = '0';
  private boolean refusedOnce;
  private InputStream in;
  private OutputStream out;

  SheetDispenser(Habit... habits) throws IOException {
    Collections.addAll(this.habits, habits);
    if (this.habits.contains(Habit.NEARLY_EMPTY)) stock[1] = 1;
    port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("sheet dispenser").start(this::serve);
  }

  int port() {
    return port.getLocalPort();
  }

  /// Each command that it took, by its byte.
  List<Integer> commands() {
    return List.copyOf(commands);
  }

  synchronized int delivered() {
    return delivered;
  }

  private void serve() {
    while (!port.isClosed()) {
      try (Socket host = port.accept()) {
        host.setTcpNoDelay(true);
        in = host.getInputStream();
        out = host.getOutputStream();
        for (; ; ) command();
      } catch (IOException gone) {
        // The next one may come.
      }
    }
  }

  /// One command, from its EOT to the host's word about the reply.
  private void command() throws IOException {
    int b = next();
    while (b != 0x04) b = next();
    List<Integer> frame = new ArrayList<>(List.of(b, next(), next(), next()));
    int digits =
        switch (frame.get(3)) {
          case 0x45, 0x55 -> 2;
          case 0x56 -> 4;
          default -> 0;
        };
    for (int i = 0; i < digits + 2; i++) frame.add(next());
    int bcc = frame.removeLast();
    boolean whole = frame.get(1) == 0x50 && frame.get(2) == 0x02 && frame.getLast() == 0x03;
    boolean refuses = habits.contains(Habit.REFUSES_FIRST) && !refusedOnce;
    refusedOnce = true;
    if (!whole || refuses || frame.stream().reduce(0, (x, y) -> x ^ y) != bcc) {
      say(NCK);
      return;
    }
    if (habits.contains(Habit.STRAY_FF)) say(0xFF, 0xFF);
    say(ACK);
    commands.add(frame.get(3));
    if (habits.contains(Habit.SLOW)) later();
    String data = new String(frame.stream().mapToInt(Integer::intValue).toArray(), 4, digits);
    reply(frame.get(3), execute(frame.get(3), data));
  }

  private synchronized String execute(int command, String n) {
    return switch (command) {
      case 0x44 -> {
        lastError = '0';
        yield "0";
      }
      case 0x46 -> "0" + (char) lastError + (char) 0x80 + (char) 0x00;
      case 0x47 -> "T30TB56D";
      case 0x45 -> one(0, Integer.parseInt(n));
      case 0x55 -> one(1, Integer.parseInt(n));
      case 0x56 -> both(Integer.parseInt(n.substring(0, 2)), Integer.parseInt(n.substring(2)));
      default -> throw new IllegalStateException("command %02X".formatted(command));
    };
  }

  /// Picked, delivered, rejected.
  private int[] move(int cassette, int asked) {
    int rejected = habits.contains(Habit.REJECTS) && asked > 0 ? 1 : 0;
    int gives = Math.min(asked, stock[cassette] - rejected);
    stock[cassette] -= gives + rejected;
    delivered += gives;
    if (gives < asked) lastError = cassette == 0 ? 0x38 : 0x40;
    return new int[] {gives + rejected, gives, rejected};
  }

  private String one(int cassette, int asked) {
    lastError = '0';
    int[] m = move(cassette, asked);
    return "%02d%02d%c0%02d".formatted(m[0], m[1], (char) lastError, m[2]);
  }

  private String both(int upper, int lower) {
    lastError = '0';
    int[] u = move(0, upper);
    int[] l = move(1, lower);
    String counts =
        habits.contains(Habit.BY_SENSOR)
            ? "%02d%02d%02d%02d".formatted(u[0], l[0], u[1], l[1])
            : "%02d%02d%02d%02d".formatted(u[0], u[1], l[0], l[1]);
    return counts + "%c00%02d%02d".formatted((char) lastError, u[2], l[2]);
  }

  private void reply(int command, String data) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int b : new int[] {0x01, 0x50, 0x02, command}) frame.write(b);
    data.chars().forEach(frame::write);
    frame.write(0x03);
    int bcc = 0;
    for (byte b : frame.toByteArray()) bcc ^= b;
    frame.write(bcc);
    byte[] good = frame.toByteArray();
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 0x40;
    if (habits.contains(Habit.HALF_A_FRAME_BEFORE)) say(0x01, 0x50, 0x7E, 0x00);
    for (int tries = 1; tries <= 3; tries++) {
      say(habits.contains(Habit.GARBLES_FIRST) && tries == 1 ? bad : good);
      int word = next();
      if (word == ACK) break;
    }
    if (habits.contains(Habit.REPEATS)) say(good);
  }

  private int next() throws IOException {
    int b = in.read();
    if (b < 0) throw new IOException("the host is gone");
    return b;
  }

  private void say(int... bytes) throws IOException {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < all.length; i++) all[i] = (byte) bytes[i];
    say(all);
  }

  private void say(byte[] bytes) throws IOException {
    if (habits.contains(Habit.DRIBBLES)) {
      for (byte b : bytes) {
        out.write(b);
        out.flush();
      }
    } else {
      out.write(bytes);
      out.flush();
    }
  }

  private void later() throws IOException {
    try {
      clock.schedule(() -> {}, 200, TimeUnit.MILLISECONDS).get();
    } catch (Exception stopped) {
      throw new IOException(stopped);
    }
  }

  @Override
  public void close() throws IOException {
    port.close();
    clock.shutdownNow();
  }
}
