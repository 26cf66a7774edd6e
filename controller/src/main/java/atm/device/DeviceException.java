package atm.device;

/// A fault that stops the work, thrown or as the failure of a future.
public final class DeviceException extends RuntimeException {
  private final transient Fault fault;

  public DeviceException(Fault fault) {
    super(fault.toString());
    this.fault = fault;
  }

  public DeviceException(Fault fault, Throwable cause) {
    super(fault.toString(), cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /// The fault inside any failure; what is no device fault counts as one of protocol, because it
  /// came out of a driver.
  public static Fault faultOf(Throwable failure) {
    return failure instanceof DeviceException known
        ? known.fault()
        : new Fault(Fault.Code.PROTOCOL, String.valueOf(failure));
  }
}
