package atm.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sim.Customer;

/// What each customer believes the PIN to be. Whoever changed it while the power went knows two,
/// and tries the other when the first is wrong.
final class Pins {
  private final Map<String, List<String>> known = new HashMap<>();

  /// @param firstWasWrong whether another one is to be tried
  String of(Customer customer, boolean firstWasWrong) {
    List<String> pins = known.computeIfAbsent(customer.id(), _ -> new ArrayList<>());
    if (pins.isEmpty()) pins.add(customer.pin());
    // The one that was wrong goes to the end, so that each is tried in turn.
    if (firstWasWrong && pins.size() > 1) pins.addLast(pins.removeFirst());
    return pins.getFirst();
  }

  void mayBe(Customer customer, String pin) {
    of(customer, false);
    List<String> pins = known.get(customer.id());
    pins.remove(pin);
    pins.addFirst(pin);
    // Older than the one before nobody tries.
    while (pins.size() > 2) pins.removeLast();
  }
}
