package atm.link;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A serial port that is open. Bytes come in on a thread of the library and go on to the context;
/// they go out on the connector's thread.
final class SerialLink implements ByteLink {
  /// More than any frame; a longer message just comes in pieces.
  private static final int READ_MAX = 4096;

  private final SerialPort port;
  private final String at;
  private final Context context;
  private final WorkerExecutor thread;
  private final WireTrace trace;
  private final Promise<IOException> ended = Promise.promise();
  private final AtomicBoolean gone = new AtomicBoolean();
  private Future<Void> closing;
  private Consumer<Buffer> onBytes = _ -> {};
  private IOException end;
  private int unsent;

  SerialLink(SerialPort port, String at, Context context, WorkerExecutor thread, WireTrace trace) {
    this.port = port;
    this.at = at;
    this.context = context;
    this.thread = thread;
    this.trace = trace;
  }

  void listen() {
    if (end == null && !port.addDataListener(new Ear())) {
      fail(new IOException(at + ": cannot be listened to"));
    }
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
    if (end != null) return Future.failedFuture(end);
    if (unsent + bytes.length() > UNSENT_MAX) {
      fail(new IOException(at + ": takes no data"));
      return Future.failedFuture(end);
    }
    trace.sent(bytes);
    unsent += bytes.length();
    byte[] out = bytes.getBytes();
    Promise<Void> written = Promise.promise();
    thread
        .executeBlocking(() -> port.writeBytes(out, out.length))
        .onComplete(done -> context.runOnContext(_ -> written(out.length, done.result(), written)));
    return written.future();
  }

  private void written(int wanted, Integer done, Promise<Void> written) {
    unsent -= wanted;
    if (done == null || done < wanted) {
      fail(new IOException(at + ": took " + done + " of " + wanted + " bytes"));
      written.tryFail(end);
    } else {
      written.complete();
    }
  }

  @Override
  public Future<IOException> ended() {
    return ended.future();
  }

  @Override
  public void fail(IOException why) {
    if (end != null) return;
    end = why;
    gone.set(true);
    trace.noted(why.getMessage());
    closing =
        thread
            .<Void>executeBlocking(
                () -> {
                  port.removeDataListener();
                  port.closePort();
                  return null;
                })
            .otherwiseEmpty();
    ended.complete(why);
  }

  @Override
  public Future<Void> close() {
    fail(new IOException(at + ": closed by us"));
    return closing;
  }

  private void receive(Buffer bytes) {
    if (end != null) return;
    trace.received(bytes);
    try {
      onBytes.accept(bytes);
    } catch (RuntimeException wrong) {
      fail(new IOException(at + ": what arrived could not be handled", wrong));
    }
  }

  /// Called on a thread of the library. After an unplug it is told so hundreds of thousands of
  /// times, for as long as it stays; the first time is enough.
  private final class Ear implements SerialPortDataListener {
    private final byte[] bytes = new byte[READ_MAX];

    @Override
    public int getListeningEvents() {
      return SerialPort.LISTENING_EVENT_DATA_AVAILABLE
          | SerialPort.LISTENING_EVENT_PORT_DISCONNECTED;
    }

    @Override
    public void serialEvent(SerialPortEvent event) {
      if (gone.get()) return;
      if ((event.getEventType() & SerialPort.LISTENING_EVENT_PORT_DISCONNECTED) != 0) {
        vanished("unplugged");
        return;
      }
      int read = port.readBytes(bytes, bytes.length);
      if (read < 0) {
        vanished("cannot be read any more");
      } else if (read > 0) {
        Buffer copy = Buffer.buffer(read).appendBytes(bytes, 0, read);
        context.runOnContext(_ -> receive(copy));
      }
    }

    private void vanished(String how) {
      if (gone.getAndSet(true)) return;
      context.runOnContext(_ -> fail(new IOException(at + ": " + how)));
    }
  }
}
