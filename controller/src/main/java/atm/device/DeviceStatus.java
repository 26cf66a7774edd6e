package atm.device;

import java.util.List;

/// How a device is: whether it can serve, and in words why not.
///
/// @param warnings what wants a person's attention but not yet stops the work: paper low,
/// cassette low
public record DeviceStatus(State state, String detail, List<String> warnings) {
  public enum State {
    /// Not there yet, or gone: the driver keeps trying.
    OFFLINE,
    /// The wire is up; the driver prepares the device.
    STARTING,
    ONLINE,
    /// There, but it reports a fault that stops it from serving.
    FAULT
  }

  public static final DeviceStatus NOT_YET =
      new DeviceStatus(State.OFFLINE, "not connected yet", List.of());

  public DeviceStatus {
    warnings = List.copyOf(warnings);
  }

  public static DeviceStatus online() {
    return new DeviceStatus(State.ONLINE, "ready", List.of());
  }

  public static DeviceStatus offline(String why) {
    return new DeviceStatus(State.OFFLINE, why, List.of());
  }

  public static DeviceStatus fault(String why) {
    return new DeviceStatus(State.FAULT, why, List.of());
  }

  public boolean canServe() {
    return state == State.ONLINE;
  }
}
