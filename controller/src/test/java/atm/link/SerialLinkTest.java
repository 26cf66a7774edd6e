package atm.link;

import static atm.device.Awaiting.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A serial port on its worst days: jSerialComm's port is played here, for these cannot be had from
/// a healthy one.
class SerialLinkTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ByteAddress.Serial ADDRESS =
      new ByteAddress.Serial("serial", "/dev/serial/by-id/dispenser", LineSettings.plain(9600));

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Buffer> heard = new LinkedBlockingQueue<>();
  private final MockedPort port = new MockedPort();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  private ByteConnector connector(Function<String, SerialPort> ports) {
    return MockedPort.connector(ADDRESS, vertx, ports);
  }

  private ByteLink open(ByteConnector connector) {
    return await(connector.open(SOON).onSuccess(link -> link.onBytes(heard::add)));
  }

  private ByteLink open() {
    return open(connector(_ -> port.port));
  }

  @Test
  void permissionDeniedSaysWhatToDo() {
    when(port.port.openPort()).thenReturn(false);
    when(port.port.getLastErrorCode()).thenReturn(13);

    assertThatThrownBy(this::open)
        .hasRootCauseInstanceOf(IOException.class)
        .rootCause()
        .hasMessageContaining("permission denied")
        .hasMessageContaining("dialout");
  }

  @Test
  void permissionThatIsGivenMeanwhileIsEnough() {
    when(port.port.openPort()).thenReturn(false, true);
    when(port.port.getLastErrorCode()).thenReturn(13);
    ByteConnector connector = connector(_ -> port.port);
    assertThatThrownBy(() -> open(connector)).hasMessageContaining("permission denied");

    assertThat(open(connector).at()).isEqualTo("serial:/dev/serial/by-id/dispenser");
  }

  @Test
  void aPortInUseIsToldFromOneThatIsForbidden() {
    when(port.port.openPort()).thenReturn(false);
    when(port.port.getLastErrorCode()).thenReturn(16);

    assertThatThrownBy(this::open).hasMessageContaining("in use by another program");
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
    ByteAddress.Serial address =
        (ByteAddress.Serial)
            ByteAddress.of(
                URI.create("serial:/dev/ttyS0?baud=19200&parity=even&stop=2&flow=hardware"),
                LineSettings.plain(9600));
    await(MockedPort.connector(address, vertx, _ -> port.port).open(SOON));

    verify(port.port)
        .setComPortParameters(19200, 8, SerialPort.TWO_STOP_BITS, SerialPort.EVEN_PARITY);
    verify(port.port)
        .setFlowControl(SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED);
  }

  @Test
  void whatComesInShortReadsArrivesWholeAndInOrder() throws Exception {
    open();

    String all = "06 01 50 02 44 30 30 03 44";
    for (String one : all.split(" ")) {
      port.says(one);
      // The library tells of bytes that a read before has already taken.
      port.event(SerialPort.LISTENING_EVENT_DATA_AVAILABLE);
    }

    Buffer arrived = Buffer.buffer();
    while (arrived.length() < 9) arrived.appendBuffer(heard.poll(120, SECONDS));
    assertThat(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(arrived.getBytes()))
        .isEqualTo(all);
    assertThat(heard).isEmpty();
  }

  @Test
  void aShortWriteEndsTheLink() {
    when(port.port.writeBytes(any(), anyInt())).thenReturn(2);
    ByteLink link = open();

    assertThatThrownBy(() -> await(link.write(Buffer.buffer("whole"))))
        .rootCause()
        .hasMessageContaining("took 2 of 5 bytes");
    assertThat(await(link.ended())).hasMessageContaining("took 2 of 5 bytes");
  }

  @Test
  void moreThanAPortEverTakesEndsTheLinkAndNotTheMachine() {
    ByteLink link = open();

    assertThatThrownBy(() -> await(link.write(Buffer.buffer(new byte[ByteLink.UNSENT_MAX + 1]))))
        .rootCause()
        .hasMessageContaining("takes no data");
    verify(port.port, never()).writeBytes(any(), anyInt());
  }

  @Test
  void vanishingInMidFrameEndsTheLinkWithThatCause() {
    ByteLink link = open();
    port.says("01 50");
    port.vanish();

    assertThat(await(link.ended())).hasMessageContaining("cannot be read any more");
    assertThatThrownBy(() -> await(link.write(Buffer.buffer("x"))))
        .rootCause()
        .hasMessageContaining("cannot be read any more");
  }

  @Test
  void aPortThatCannotBeListenedToEndsTheLink() {
    when(port.port.addDataListener(any())).thenReturn(false);

    assertThat(await(open().ended())).hasMessageContaining("cannot be listened to");
  }

  @Test
  void aStormOfDisconnectsClosesThePortOnceAndNobodyListensAnyMore() {
    ByteLink link = open();
    for (int i = 0; i < 100_000; i++) port.unplug();

    assertThat(await(link.ended())).hasMessageContaining("unplugged");
    await(link.close());
    verify(port.port, times(1)).removeDataListener();
    verify(port.port, times(1)).closePort();
    port.says("06");
    verify(port.port, never()).readBytes(any(), anyInt());
    assertThat(heard).isEmpty();
  }

  @Test
  void aByIdLinkThatMovesIsFollowedAtEachOpening() {
    List<String> names = new ArrayList<>();
    List<MockedPort> plugged = new ArrayList<>();
    ByteConnector connector =
        connector(
            name -> {
              names.add(name);
              plugged.add(new MockedPort());
              return plugged.getLast().port;
            });
    for (int i = 0; i < 3; i++) {
      ByteLink link = open(connector);
      plugged.getLast().unplug();
      await(link.ended());
      await(link.close());
    }

    assertThat(names).containsExactly(ADDRESS.path(), ADDRESS.path(), ADDRESS.path());
    for (MockedPort each : plugged) {
      verify(each.port, times(1)).openPort();
      verify(each.port, times(1)).closePort();
    }
  }
}
