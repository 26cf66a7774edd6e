package atm.driver;

import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.Fault;
import atm.link.NoAnswer;
import java.io.IOException;
import java.net.ProtocolException;

/// What a failed link means for a device.
public final class LinkFaults {
  private LinkFaults() {}

  public static Fault of(DeviceKind kind, Throwable failure) {
    return switch (failure) {
      case DeviceException known -> known.fault();
      case ProtocolException garbled -> fault(Fault.Code.PROTOCOL, kind, garbled);
      case NoAnswer silent -> fault(Fault.Code.TIMEOUT, kind, silent);
      case IOException down -> fault(Fault.Code.OFFLINE, kind, down);
      default -> fault(Fault.Code.PROTOCOL, kind, failure);
    };
  }

  private static Fault fault(Fault.Code code, DeviceKind kind, Throwable failure) {
    return new Fault(code, kind + ": " + failure.getMessage());
  }
}
