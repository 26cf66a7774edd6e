package atm.soak;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sim.mechanics.SimDevice;
import sim.mechanics.When;

/// Lets happen to the machine, during one visit, what the plan has for it.
final class Mishaps {
  /// Of the mechanics, between a message and the loss of power.
  private static final int TICKS_MAX = 8;

  private final Rig rig;
  private final long seed;
  private final Troubles troubles;
  private final Map<String, Integer> seen = new HashMap<>();
  private final Set<Object> happened = new HashSet<>();

  Mishaps(Rig rig, Plan plan) {
    this.rig = rig;
    this.seed = plan.seed();
    this.troubles = plan.troubles();
  }

  void begin() {
    rig.power().seed(seed);
    troubles.wire().ifPresent(fault -> rig.wire().arm(fault, this::loses));
  }

  private void loses(FaultyWire.Fault at) {
    rig.power()
        .goes(
            switch (at.harm()) {
              case DEVICES_CUT -> Power.Of.DEVICES;
              case BLACKOUT -> Power.Of.BOTH;
              default -> Power.Of.CONTROLLER;
            },
            at.at() / 2 % TICKS_MAX);
  }

  /// The power; and perhaps it goes once more while what was left open is being settled.
  void comesBack() throws Exception {
    int again = troubles.write().map(Troubles.AtWrite::again).orElse(0);
    rig.powerBack(rig.power().atWrites() == 1 ? again : 0);
  }

  /// What is to go wrong when this screen is shown.
  void at(String screen) throws Exception {
    int times = seen.merge(screen, 1, Integer::sum);
    troubles
        .write()
        .filter(write -> isNow(write.moment(), screen, times) && happened.add(write))
        .ifPresent(write -> rig.power().goesAtWrite(write.nth(), write.of()));
    if (troubles.hands().isEmpty()) return;
    Troubles.Mechanical fault = troubles.hands().get();
    if (!isNow(fault.moment(), screen, times)) return;
    for (var device : rig.devices()) {
      if (!device.name().equals(fault.device())) continue;
      if (rig.hand(fault.toString(), () -> breaks(device, fault))) happened.add(fault);
    }
  }

  private static void breaks(SimDevice device, Troubles.Mechanical fault) {
    switch (fault.kind()) {
      case "unplug" -> device.unplug();
      case "power-cut" -> device.powerCut();
      default -> device.fault(fault.kind(), When.parse(fault.when()));
    }
  }

  private static boolean isNow(Troubles.Moment moment, String screen, int times) {
    return moment.screen().equals(screen) && moment.nth() == times;
  }

  /// Whether that was done to a device.
  boolean happened(Troubles.Mechanical fault) {
    return happened.contains(fault);
  }
}
