package sim.mechanics;

import java.util.Optional;
import java.util.Set;

/// Something that happened at a device, told to its listeners after it is on disk.
public sealed interface DeviceEvent {
  /// Something that can be read from the device is different now; follows every other event too.
  record StatusChanged() implements DeviceEvent {}

  /// The device is off: running acts have failed, memory is gone. The wire must drop.
  record PowerLost() implements DeviceEvent {}

  record PowerBack() implements DeviceEvent {}

  /// The wire is cut, the device runs on.
  record Unplugged() implements DeviceEvent {}

  record Plugged() implements DeviceEvent {}

  /// A card is all the way in.
  record CardInserted() implements DeviceEvent {}

  /// A card was pulled from the slot.
  record CardTaken() implements DeviceEvent {}

  /// A live key was pressed. `key` is empty for a digit of a PIN; `digits` are in now.
  record KeyPressed(Optional<Key> key, int digits) implements DeviceEvent {}

  /// A customer has put notes into the open slot.
  record NotesInserted() implements DeviceEvent {}

  /// Notes are at the open shutter.
  record NotesPresented() implements DeviceEvent {}

  /// The last of the notes at the shutter is gone.
  record NotesTaken() implements DeviceEvent {}

  /// Counters of these units changed.
  record CountsChanged(Set<String> units) implements DeviceEvent {}

  /// A unit's status (ok, low, empty, missing…) is another one now.
  record UnitChanged(String unit) implements DeviceEvent {}

  record ReceiptPresented() implements DeviceEvent {}

  record ReceiptTaken() implements DeviceEvent {}

  record PaperChanged(SimReceiptPrinter.Paper paper) implements DeviceEvent {}
}
