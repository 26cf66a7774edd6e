package atm.link;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Opens a serial port through jSerialComm. The library's calls block, so they run one after the
/// other on a thread of this connector's own.
final class SerialConnector implements ByteConnector {
  /// errno of Linux, as the library hands it on.
  private static final int EACCES = 13;

  private static final int EBUSY = 16;

  private final ByteAddress.Serial address;
  private final Vertx vertx;
  private final WireTrace trace;
  private final Function<String, SerialPort> ports;
  private final WorkerExecutor thread;

  SerialConnector(ByteAddress.Serial address, Vertx vertx, WireTrace trace) {
    this(address, vertx, trace, SerialPort::getCommPort);
  }

  /// @param ports finds a port by its name
  SerialConnector(
      ByteAddress.Serial address,
      Vertx vertx,
      WireTrace trace,
      Function<String, SerialPort> ports) {
    this.address = address;
    this.vertx = vertx;
    this.trace = trace;
    this.ports = ports;
    this.thread =
        vertx.createSharedWorkerExecutor(address + " " + System.identityHashCode(this), 1);
  }

  @Override
  public Future<ByteLink> open(Duration within) {
    Context context = vertx.getOrCreateContext();
    Promise<ByteLink> open = Promise.promise();
    Future<SerialPort> opening = thread.executeBlocking(this::openNow);
    opening
        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            port -> {
              SerialLink link = new SerialLink(port, address.toString(), context, thread, trace);
              trace.begun(address.toString());
              open.complete(link);
              // After the handover, so that its new owner hears the first byte.
              context.runOnContext(_ -> link.listen());
            },
            failure -> {
              // It may still open when nobody waits for it any more.
              opening.onSuccess(port -> thread.executeBlocking(port::closePort));
              open.fail(
                  failure instanceof IOException known
                      ? known
                      : new IOException(address + ": " + failure.getMessage(), failure));
            });
    return open.future();
  }

  @Override
  public Future<Void> close() {
    return thread.close();
  }

  /// By name each time: the library follows a by-id link only here, and the adapter may have come
  /// back under another number.
  private SerialPort openNow() throws IOException {
    SerialPort port;
    try {
      port = ports.apply(address.path());
    } catch (SerialPortInvalidPortException missing) {
      throw new IOException(address + ": there is no such port", missing);
    }
    LineSettings line = address.line();
    port.setComPortParameters(
        line.baud(), line.data(), stopBits(line.stop()), parity(line.parity()));
    port.setFlowControl(flow(line.flow()));
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
    if (port.openPort()) {
      // What arrived while nobody listened answers nothing that will be asked.
      port.flushIOBuffers();
      return port;
    }
    throw new IOException(address + ": " + whyNot(port.getLastErrorCode()));
  }

  private static String whyNot(int errno) {
    return switch (errno) {
      case EACCES -> "permission denied; the user has to be in the group that owns it (dialout)";
      case EBUSY -> "in use by another program";
      default -> "cannot be opened, error " + errno;
    };
  }

  private static int stopBits(LineSettings.Stop stop) {
    return switch (stop) {
      case ONE -> SerialPort.ONE_STOP_BIT;
      case ONE_AND_A_HALF -> SerialPort.ONE_POINT_FIVE_STOP_BITS;
      case TWO -> SerialPort.TWO_STOP_BITS;
    };
  }

  private static int parity(LineSettings.Parity parity) {
    return switch (parity) {
      case NONE -> SerialPort.NO_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case MARK -> SerialPort.MARK_PARITY;
      case SPACE -> SerialPort.SPACE_PARITY;
    };
  }

  private static int flow(LineSettings.Flow flow) {
    return switch (flow) {
      case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
      case HARDWARE -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
      case SOFTWARE ->
          SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
    };
  }
}
