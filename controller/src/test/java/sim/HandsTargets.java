package sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.driver.PlayedMachine;
import atm.fuzz.Folder;
import atm.fuzz.PlayedWire;
import atm.fuzz.Target;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import sim.mechanics.Card;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.ImpossibleAct;
import sim.mechanics.MechanicalFault;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimDevice;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.mechanics.StateFile;

/// What reaches the simulated machine past its wires: hands, and the files of its folder.
public final class HandsTargets {
  private static final Denomination TEN = Denomination.parse("10 EUR");
  private static final Card CARD = PlayedMachine.ALICE.card();

  private HandsTargets() {}

  public static List<Target> all() {
    return List.of(
        new Target("back-door", 4096, _ -> false, HandsTargets::acts),
        Target.of(
            "device-keys",
            IllegalStateException.class,
            bytes -> Target.said(DeviceKeys.read(Folder.file("device.keys", bytes)))),
        Target.of("device-state", IllegalStateException.class, HandsTargets::states));
  }

  /// One machine of all devices, each with the memory that `files` has for it.
  private static List<SimDevice> machine(PlayedWire wire, Function<String, StateFile> files) {
    return List.of(
        new SimCardReader(wire.pace(), files.apply("card-reader"), Map.of(CARD.id(), CARD)),
        new SimPinPad(wire.pace(), files.apply("pin-pad"), Optional.empty(), new SecureRandom()),
        new SimCashDispenser(
            wire.pace(), files.apply("cash-dispenser"), List.of(new Cassette("C1", TEN, 100))),
        new SimCashAcceptor(
            wire.pace(),
            files.apply("cash-acceptor"),
            List.of(TEN),
            List.of(new DepositBin("D1", 100))),
        new SimReceiptPrinter(wire.pace(), files.apply("receipt-printer")));
  }

  /// Device, act and body, a line each. Whatever is refused, the state can be told afterwards.
  private static void acts(byte[] bytes) {
    PlayedWire wire = new PlayedWire();
    List<Customer> customers = List.of(PlayedMachine.ALICE);
    List<SimDevice> devices = machine(wire, wire::memory);
    Hands hands = new Hands(devices, customers);
    for (String line : new String(bytes, UTF_8).split("\n")) {
      String[] words = line.split(" ", 3);
      if (words.length < 2) continue;
      try {
        hands.act(words[0], words[1], BackDoor.body(words.length == 3 ? words[2] : null));
      } catch (Hands.Unknown | IllegalArgumentException | ImpossibleAct | MechanicalFault refused) {
        Target.said(refused.getMessage());
      }
      wire.rest();
      Target.said(MachineState.of(1, 0, devices, customers).encode());
    }
    wire.letTimePass();
  }

  private static void states(byte[] bytes) {
    PlayedWire wire = new PlayedWire();
    Path file = Folder.at("state.json");
    IllegalStateException last = null;
    for (int i = 0; i < 5; i++) {
      int device = i;
      String[] names = {
        "card-reader", "pin-pad", "cash-dispenser", "cash-acceptor", "receipt-printer"
      };
      Folder.file("state.json", bytes);
      try {
        machine(wire, name -> name.equals(names[device]) ? new StateFile(file) : wire.memory(name));
      } catch (IllegalStateException wrong) {
        last = wrong;
      }
    }
    if (last != null) throw last;
  }
}
