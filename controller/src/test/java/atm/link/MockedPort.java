package atm.link;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// A serial port of jSerialComm, played: it opens, takes what is written, and says and does what a
/// test wants, also what cannot be had from a healthy one.
public final class MockedPort {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  /// The library's port, for `when` and `verify`.
  public final SerialPort port = mock(SerialPort.class);

  private final CompletableFuture<SerialPortDataListener> listener = new CompletableFuture<>();
  private final Queue<byte[]> arriving = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> written = new LinkedBlockingQueue<>();

  public MockedPort() {
    when(port.openPort()).thenReturn(true);
    when(port.addDataListener(any()))
        .thenAnswer(
            call -> {
              listener.complete(call.getArgument(0));
              return true;
            });
    when(port.readBytes(any(), anyInt()))
        .thenAnswer(
            call -> {
              byte[] next = arriving.poll();
              if (next == null) return 0;
              System.arraycopy(next, 0, call.getArgument(0), 0, next.length);
              return next.length;
            });
    when(port.writeBytes(any(), anyInt()))
        .thenAnswer(
            call -> {
              byte[] bytes = call.getArgument(0);
              int length = call.getArgument(1);
              // Called so by a test that says what it should do instead.
              if (bytes == null) return 0;
              written.add(HEX.formatHex(Arrays.copyOf(bytes, length)));
              return length;
            });
  }

  /// Opens ports as the controller does, but finds them through `ports`, by the path of `address`.
  public static ByteConnector connector(
      ByteAddress.Serial address, Vertx vertx, Function<String, SerialPort> ports) {
    return new SerialConnector(address, vertx, new WireTrace("mocked"), ports);
  }

  /// One piece arrives, as the library would tell.
  public void says(String hex) {
    arriving.add(HEX.parseHex(hex));
    event(SerialPort.LISTENING_EVENT_DATA_AVAILABLE);
  }

  /// What was written next, in hex; waits for it.
  public String written() {
    try {
      String next = written.poll(120, SECONDS);
      if (next == null) throw new AssertionError("nothing was written");
      return next;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  /// The adapter is pulled out; the library says so.
  public void unplug() {
    event(SerialPort.LISTENING_EVENT_PORT_DISCONNECTED);
  }

  /// Reads fail from now on, and the next one is tried at once.
  public void vanish() {
    when(port.readBytes(any(), anyInt())).thenReturn(-1);
    event(SerialPort.LISTENING_EVENT_DATA_AVAILABLE);
  }

  /// Tells the listener, once there is one.
  public void event(int type) {
    try {
      listener.get(120, SECONDS).serialEvent(new SerialPortEvent(port, type));
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
