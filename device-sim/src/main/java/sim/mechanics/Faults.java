package sim.mechanics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import sim.mechanics.When.Moment;

/// The faults a device can have and those it has now. A fault is armed by a hand and strikes when
/// an act asks for it; one that holds `now` is also to be seen in the status.
public final class Faults {
  /// A fault that a switch can be made of.
  public record Kind(String kind, String label) {}

  /// A fault in force, or waiting to strike.
  public record Armed(String kind, When when) {}

  private final List<Kind> kinds;
  private final List<Armed> armed = new ArrayList<>();

  /// Of a line without a device.
  public Faults() {
    this(List.of());
  }

  Faults(List<Kind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  public List<Kind> kinds() {
    return kinds;
  }

  public List<Armed> armed() {
    return List.copyOf(armed);
  }

  boolean knows(String kind) {
    return kinds.stream().anyMatch(known -> known.kind().equals(kind));
  }

  /// Arms a fault; the same kind armed before is replaced, so the list is bounded by the kinds.
  Armed arm(String kind, When when) {
    clear(kind);
    Armed fault = new Armed(kind, when);
    armed.add(fault);
    return fault;
  }

  boolean clear(String kind) {
    return armed.removeIf(fault -> fault.kind().equals(kind));
  }

  boolean has(Armed fault) {
    // By identity: the same fault armed anew is another one.
    return armed.stream().anyMatch(other -> other == fault);
  }

  /// Whether the device is in this state, with nobody having to act to find out.
  public boolean holds(String kind) {
    return armed.contains(new Armed(kind, When.NOW));
  }

  /// Of the faults whose kind is `prefix` and a code in hex, the code of one in force now.
  public Optional<Integer> heldCode(String prefix) {
    return code(prefix, this::holds);
  }

  /// The same, of one that strikes the act that asks.
  public Optional<Integer> struckCode(String prefix) {
    return code(prefix, this::strikes);
  }

  private Optional<Integer> code(String prefix, Predicate<String> has) {
    return kinds.stream()
        .map(Kind::kind)
        .filter(kind -> kind.startsWith(prefix) && has.test(kind))
        .findFirst()
        .map(kind -> Integer.parseInt(kind.substring(prefix.length()), 16));
  }

  /// Whether the fault strikes the act that asks; one armed `once` is used up.
  public boolean strikes(String kind) {
    return strikesAtNote(kind, 0);
  }

  /// As [#strikes], for an act on its `n`th note.
  boolean strikesAtNote(String kind, int n) {
    for (Armed fault : armed) {
      if (!fault.kind().equals(kind)) {
        continue;
      }
      Moment moment = fault.when().moment();
      boolean counted = moment == Moment.AT_NOTE && fault.when().n() == n;
      if (moment == Moment.ONCE || counted) {
        armed.remove(fault);
        return true;
      }
      return moment == Moment.NOW || moment == Moment.ALWAYS;
    }
    return false;
  }
}
