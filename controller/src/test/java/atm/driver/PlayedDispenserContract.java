package atm.driver;

import atm.device.CashDispenser;
import atm.device.DeviceKind;
import atm.device.DirectDispenserContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.When;

/// The contract, for a driver against the simulator at a wire of bytes.
public abstract class PlayedDispenserContract extends DirectDispenserContract {
  @TempDir protected Path folder;
  protected PlayedMachine machine;

  protected abstract String driver();

  protected Map<String, String> settings() {
    return Map.of();
  }

  /// Where the simulator plays it.
  protected URI at() {
    return URI.create("tcp://localhost:0");
  }

  @BeforeEach
  void start() {
    machine =
        new PlayedMachine(
            folder,
            DeviceKind.CASH_DISPENSER,
            driver(),
            at(),
            List.of("C1 10 EUR 1000", "C2 20 EUR 2000"),
            settings());
  }

  @Override
  protected void stop() {
    machine.close();
  }

  @Override
  protected CashDispenser dispenser() {
    return (CashDispenser) machine.device();
  }

  @Override
  protected void jamAtSecondNote() {
    arm("jam", When.atNote(2));
  }

  @Override
  protected void nextNoteIsDouble() {
    arm("double", When.ONCE);
  }

  @Override
  protected void leaveOneNoteInFirstCassette() {
    // The other 999 are with whoever took them out.
    machine.hand(() -> machine.dispenser().load("unit1", 1));
  }

  @Override
  protected void removeSecondCassette() {
    arm("cassette-missing:C2", When.NOW);
  }

  @Override
  protected void loseNextReply() {
    arm("reply-lost", When.ONCE);
  }

  @Override
  protected void cutWire() {
    machine.hand(() -> machine.mechanics().unplug());
  }

  @Override
  protected void mendWire() {
    machine.hand(() -> machine.mechanics().plug());
  }

  @Override
  protected int notesInCassette(String id) {
    return machine.look(
        () ->
            machine.dispenser().units().stream()
                .filter(unit -> unit.id().equals(id))
                .findFirst()
                .orElseThrow()
                .count());
  }

  @Override
  protected int notesOut() {
    return machine.look(() -> machine.dispenser().tray().size());
  }

  @Override
  protected int notesAnywhere() {
    return machine.look(
        () -> {
          SimCashDispenser dispenser = machine.dispenser();
          int loaded = dispenser.units().stream().mapToInt(unit -> unit.loaded()).sum();
          int there =
              dispenser.units().stream().mapToInt(unit -> unit.count()).sum()
                  + dispenser.stacker().size()
                  + dispenser.transport().size()
                  + dispenser.tray().size()
                  + dispenser.taken().values().stream().mapToInt(Integer::intValue).sum();
          return there + 3000 - loaded;
        });
  }

  protected final void arm(String fault, When when) {
    machine.hand(() -> machine.dispenser().fault(fault, when));
  }
}
