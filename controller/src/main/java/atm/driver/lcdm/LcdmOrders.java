package atm.driver.lcdm;

import atm.config.DeviceEntry.Cassette;
import atm.device.CashDispenser.DispenseOutcome;
import atm.device.DeviceKind;
import atm.device.Fault;
import atm.driver.lcdm.LcdmReply.BothOrder;
import atm.driver.lcdm.LcdmReply.Counted;
import atm.value.Counts;
import atm.value.Mix;
import io.vertx.core.buffer.Buffer;
import java.net.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A mix as a command of the device, and its reply as what became of the notes.
///
/// @param cassettes the upper, then the lower if there is one
/// @param bothOrder how the counts of both lie; drivers do not agree
/// @param orderStated whether somebody who knows the unit has said so
record LcdmOrders(List<Cassette> cassettes, BothOrder bothOrder, boolean orderStated) {
  byte command(Mix mix) {
    boolean upper = notes(mix, 0) > 0;
    boolean lower = notes(mix, 1) > 0;
    if (upper && lower) return LcdmFrames.DISPENSE_BOTH;
    return lower ? LcdmFrames.DISPENSE_LOWER : LcdmFrames.DISPENSE_UPPER;
  }

  String digits(Mix mix) {
    String upper = "%02d".formatted(notes(mix, 0));
    String lower = "%02d".formatted(notes(mix, 1));
    return switch (command(mix)) {
      case LcdmFrames.DISPENSE_UPPER -> upper;
      case LcdmFrames.DISPENSE_LOWER -> lower;
      default -> upper + lower;
    };
  }

  LcdmReply.Dispensed read(Buffer reply) throws ProtocolException {
    if (LcdmFrames.commandOf(reply) != LcdmFrames.DISPENSE_BOTH) {
      return LcdmReply.Dispensed.ofOne(reply);
    }
    LcdmReply.Dispensed read = LcdmReply.Dispensed.ofBoth(reply, bothOrder);
    boolean sure = orderStated || read.equals(LcdmReply.Dispensed.ofBoth(reply, bothOrder.other()));
    return sure ? read : read.readByGuess();
  }

  /// By what left through the exit, and not by what was asked.
  DispenseOutcome outcome(Mix mix, LcdmReply.Dispensed reply, DeviceKind kind) {
    Map<String, Integer> presented = new TreeMap<>();
    Map<String, Integer> rejected = new TreeMap<>();
    List<Integer> asked = asked(mix);
    for (int i = 0; i < reply.counted().size(); i++) {
      Cassette cassette = cassettes.get(asked.get(i));
      Counted counted = reply.counted().get(i);
      // What was picked but did not come out is in the reject tray, or on the path to it.
      int kept = counted.checked() - counted.exited();
      if (kept < 0 || counted.exited() > mix.byCassette().get(cassette.id())) {
        return new DispenseOutcome.Unknown(
            fault(kind, "counts that cannot be: " + counted + ", " + reply.error().meaning()));
      }
      presented.put(cassette.id(), counted.exited());
      rejected.put(cassette.id(), Math.max(kept, counted.rejected()));
    }
    Counts out = new Counts(presented);
    if (out.byCassette().equals(mix.byCassette())) {
      return new DispenseOutcome.Stacked(out, new Counts(rejected));
    }
    // Where nothing is said to have come out, somebody may still have got a note.
    return reply.error().leavesCountsSure() && !reply.guessed()
        ? new DispenseOutcome.Short(out, new Counts(rejected), fault(kind, reply.error().meaning()))
        : new DispenseOutcome.Unknown(
            fault(kind, "says that " + presented + " came out, " + reply.error().meaning()));
  }

  private static Fault fault(DeviceKind kind, String why) {
    return new Fault(Fault.Code.HARDWARE, kind + ": " + why);
  }

  /// Which cassettes the command was about, by their place.
  private List<Integer> asked(Mix mix) {
    return switch (command(mix)) {
      case LcdmFrames.DISPENSE_UPPER -> List.of(0);
      case LcdmFrames.DISPENSE_LOWER -> List.of(1);
      default -> List.of(0, 1);
    };
  }

  private int notes(Mix mix, int place) {
    return place < cassettes.size()
        ? mix.byCassette().getOrDefault(cassettes.get(place).id(), 0)
        : 0;
  }
}
