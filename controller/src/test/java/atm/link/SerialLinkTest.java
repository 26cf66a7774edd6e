package atm.link;

import static atm.device.Awaiting.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A serial port on its worst days: jSerialComm's port is played here, for these cannot be had from
/// a healthy one.
class SerialLinkTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ByteAddress.Serial ADDRESS =
      new ByteAddress.Serial("serial", "/dev/serial/by-id/dispenser", LineSettings.plain(9600));

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Buffer> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  /// A port that opens, and whose listener a test can call.
  private static final class Port {
    final SerialPort port = mock(SerialPort.class);
    final CompletableFuture<SerialPortDataListener> listener = new CompletableFuture<>();
    private final Queue<byte[]> arriving = new ArrayDeque<>();

    Port() {
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
      when(port.writeBytes(any(), anyInt())).thenAnswer(call -> call.getArgument(1));
    }

    void says(int... bytes) {
      byte[] piece = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) piece[i] = (byte) bytes[i];
      arriving.add(piece);
      event(SerialPort.LISTENING_EVENT_DATA_AVAILABLE);
    }

    void event(int type) {
      try {
        listener.get(120, SECONDS).serialEvent(new SerialPortEvent(port, type));
      } catch (Exception failed) {
        throw new AssertionError(failed);
      }
    }
  }

  private SerialConnector connector(Function<String, SerialPort> ports) {
    return new SerialConnector(ADDRESS, vertx, new WireTrace("test"), ports);
  }

  private ByteLink open(SerialConnector connector) {
    return await(connector.open(SOON).onSuccess(link -> link.onBytes(heard::add)));
  }

  @Test
  void permissionDeniedSaysWhatToDo() {
    Port port = new Port();
    when(port.port.openPort()).thenReturn(false);
    when(port.port.getLastErrorCode()).thenReturn(13);

    assertThatThrownBy(() -> open(connector(_ -> port.port)))
        .hasRootCauseInstanceOf(IOException.class)
        .rootCause()
        .hasMessageContaining("permission denied")
        .hasMessageContaining("dialout");
  }

  @Test
  void aPortThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () ->
                open(
                    connector(
                        _ -> {
                          throw new SerialPortInvalidPortException("no", null);
                        })))
        .hasMessageContaining("serial:/dev/serial/by-id/dispenser: there is no such port");
  }

  @Test
  void theLineIsSetAsTheAddressSays() {
    Port port = new Port();
    ByteAddress.Serial address =
        (ByteAddress.Serial)
            ByteAddress.of(
                java.net.URI.create(
                    "serial:/dev/ttyS0?baud=19200&parity=even&stop=2&flow=hardware"),
                LineSettings.plain(9600));
    await(new SerialConnector(address, vertx, new WireTrace("test"), _ -> port.port).open(SOON));

    verify(port.port)
        .setComPortParameters(19200, 8, SerialPort.TWO_STOP_BITS, SerialPort.EVEN_PARITY);
    verify(port.port)
        .setFlowControl(SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED);
  }

  @Test
  void whatComesInPiecesArrivesInOrder() throws Exception {
    Port port = new Port();
    open(connector(_ -> port.port));

    port.says(0x06, 0x01);
    port.says(0x50);
    port.says(0x02, 0x44, 0x30);

    Buffer all = Buffer.buffer();
    while (all.length() < 6) all.appendBuffer(heard.poll(30, SECONDS));
    assertThat(all).isEqualTo(Buffer.buffer(new byte[] {0x06, 0x01, 0x50, 0x02, 0x44, 0x30}));
  }

  @Test
  void aShortWriteEndsTheLink() {
    Port port = new Port();
    when(port.port.writeBytes(any(), anyInt())).thenReturn(2);
    ByteLink link = open(connector(_ -> port.port));

    assertThatThrownBy(() -> await(link.write(Buffer.buffer("whole"))))
        .rootCause()
        .hasMessageContaining("took 2 of 5 bytes");
    assertThat(await(link.ended())).hasMessageContaining("took 2 of 5 bytes");
  }

  @Test
  void vanishingInMidFrameEndsTheLinkWithThatCause() {
    Port port = new Port();
    ByteLink link = open(connector(_ -> port.port));
    port.says(0x01, 0x50);
    when(port.port.readBytes(any(), anyInt())).thenReturn(-1);
    port.event(SerialPort.LISTENING_EVENT_DATA_AVAILABLE);

    assertThat(await(link.ended())).hasMessageContaining("cannot be read any more");
    assertThatThrownBy(() -> await(link.write(Buffer.buffer("x"))))
        .rootCause()
        .hasMessageContaining("cannot be read any more");
  }

  @Test
  void aStormOfDisconnectsClosesThePortOnce() {
    Port port = new Port();
    ByteLink link = open(connector(_ -> port.port));
    for (int i = 0; i < 100_000; i++) port.event(SerialPort.LISTENING_EVENT_PORT_DISCONNECTED);

    assertThat(await(link.ended())).hasMessageContaining("unplugged");
    await(link.close());
    verify(port.port, times(1)).removeDataListener();
    verify(port.port, times(1)).closePort();
  }

  @Test
  void aByIdLinkThatMovedIsFollowedAnew() {
    List<String> names = new ArrayList<>();
    Port first = new Port();
    Port second = new Port();
    SerialConnector connector =
        connector(
            name -> {
              names.add(name);
              return names.size() == 1 ? first.port : second.port;
            });
    ByteLink link = open(connector);
    first.event(SerialPort.LISTENING_EVENT_PORT_DISCONNECTED);
    await(link.ended());

    open(connector);

    assertThat(names).containsExactly(ADDRESS.path(), ADDRESS.path());
    verify(second.port).openPort();
  }
}
