package atm.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sim.Customer;

/// What each customer believes the PIN to be, and how often the machine has called one wrong.
/// Whoever changed it while the power went knows two, and tries the other when the first is
/// wrong.
final class Pins {
  private final Map<String, List<String>> known = new HashMap<>();
  private final Map<String, Integer> wrong = new HashMap<>();

  /// The customer has read that the PIN was wrong.
  void wasWrong(Customer customer) {
    wrong.merge(customer.id(), 1, Integer::sum);
  }

  void wasRight(Customer customer) {
    wrong.remove(customer.id());
  }

  /// So many wrong PINs since the last right one, by what the customer was told: the bank knows of
  /// no fewer.
  int wrongFor(Customer customer) {
    return wrong.getOrDefault(customer.id(), 0);
  }

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
