package atm.driver;

import atm.config.DeviceEntry;
import atm.device.CashAcceptor;
import atm.device.CashDispenser;
import atm.device.Device;
import atm.device.DeviceKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/// The drivers there are, but that the process halts when a cash device has done one act: the reply
/// came, and nobody has heard it.
public final class CrashingDrivers {
  private CrashingDrivers() {}

  /// @param act such as `cash-dispenser.present`; none is called ""
  public static Drivers haltingAfter(String act, Consumer<String> halt) {
    List<Driver> drivers = new ArrayList<>();
    for (Driver driver : ServiceLoader.load(Driver.class)) {
      drivers.add(new Crashing(driver, act, halt));
    }
    return new Drivers(drivers);
  }

  private record Crashing(Driver driver, String act, Consumer<String> halt) implements Driver {
    @Override
    public String name() {
      return driver.name();
    }

    @Override
    public Set<DeviceKind> kinds() {
      return driver.kinds();
    }

    @Override
    public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
      return driver.mistakes(kind, entry);
    }

    @Override
    public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
      Device device = driver.create(kind, entry, vertx);
      return switch (device) {
        case CashDispenser _ -> (Device) crashing(CashDispenser.class, device);
        case CashAcceptor _ -> (Device) crashing(CashAcceptor.class, device);
        default -> device;
      };
    }

    private Object crashing(Class<?> kind, Device device) {
      return Proxy.newProxyInstance(
          kind.getClassLoader(),
          new Class<?>[] {kind},
          (_, method, given) -> {
            try {
              Object answer = method.invoke(device, given);
              String called = device.kind().key() + "." + method.getName();
              if (called.equals(act) && answer instanceof Future<?> reply) {
                reply.onComplete(_ -> halt.accept(act + " is done"));
              }
              return answer;
            } catch (InvocationTargetException thrown) {
              throw thrown.getCause();
            }
          });
    }
  }
}
