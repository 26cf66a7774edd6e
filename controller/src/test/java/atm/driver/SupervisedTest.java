package atm.driver;

import static atm.device.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.link.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever asks a device gets an answer, also where the driver throws instead of failing.
class SupervisedTest {
  private final Vertx vertx = Vertx.vertx();
  private final Plain device = new Plain(vertx);

  @AfterEach
  void close() {
    await(device.close());
    await(vertx.close());
  }

  @Test
  void aCommandThatThrowsHasFailed() {
    opens();

    assertThatThrownBy(() -> await(device.command("test", _ -> thrown())))
        .hasMessageContaining("the socket is closed");
  }

  @Test
  void whatThrowsBesideTheCommandsHasFailed() {
    opens();

    assertThatThrownBy(() -> await(device.beside(_ -> thrown())))
        .hasMessageContaining("the socket is closed");
    assertThatThrownBy(() -> await(device.anyway(SupervisedTest::thrown)))
        .hasMessageContaining("the socket is closed");
  }

  private void opens() {
    Future<Void> online =
        Future.future(
            done ->
                device.onStatus(
                    status -> {
                      if (status.canServe()) done.tryComplete();
                    }));
    device.open();
    await(online);
  }

  private static Future<Void> thrown() {
    throw new IllegalStateException("the socket is closed");
  }

  /// A device whose wire is a word.
  private static final class Plain extends Supervised<String> {
    Plain(Vertx vertx) {
      super(vertx, DeviceKind.CARD_READER, Backoff.usual());
    }

    @Override
    protected Future<String> connect() {
      return Future.succeededFuture("wire");
    }

    @Override
    protected Future<DeviceStatus> prepare(String wire) {
      return Future.succeededFuture(
          new DeviceStatus(DeviceStatus.State.ONLINE, "ready", List.of()));
    }

    @Override
    protected Future<Void> disconnect(String wire, Fault why) {
      return Future.succeededFuture();
    }

    @Override
    protected Future<Void> release() {
      return Future.succeededFuture();
    }
  }
}
