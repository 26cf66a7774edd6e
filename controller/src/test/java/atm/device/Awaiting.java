package atm.device;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// Waits in tests, never longer than two minutes.
public final class Awaiting {
  private Awaiting() {}

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(120, SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new IllegalStateException("no answer within two minutes", late);
    }
  }

  /// The fault with which `future` fails.
  public static Fault faultOf(Future<?> future) {
    try {
      Object value = await(future);
      throw new AssertionError("wanted a fault, got " + value);
    } catch (DeviceException failed) {
      return failed.fault();
    }
  }

  /// The first status of `device`, from now on, that is as wanted.
  public static DeviceStatus awaitStatus(Device device, Predicate<DeviceStatus> wanted) {
    CompletableFuture<DeviceStatus> seen = new CompletableFuture<>();
    device.onStatus(
        status -> {
          if (wanted.test(status)) seen.complete(status);
        });
    if (wanted.test(device.status())) return device.status();
    try {
      return seen.get(120, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException late) {
      throw new AssertionError("the status stays " + device.status(), late);
    }
  }

  public static DeviceStatus awaitState(Device device, DeviceStatus.State... anyOf) {
    return awaitStatus(device, status -> List.of(anyOf).contains(status.state()));
  }
}
