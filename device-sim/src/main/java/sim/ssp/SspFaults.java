package sim.ssp;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import sim.mechanics.Faults;
import sim.mechanics.SimCashDispenser;

/// The faults that come with the protocol. `answer-46-F503` makes F5 03 the answer to command 46,
/// which is not done then; its test only, option 19, is asked for as `4619`. `event-E0` makes a
/// poll tell E0. Offered are the answers to commands that move notes, and the events that nothing
/// in the mechanics causes.
final class SspFaults {
  static final String EVENT = "event-";

  private static final String ANSWER = "answer-";
  private static final int PAYOUT = 0x46;
  private static final int TEST_ONLY = 0x19;

  static final List<Faults.Kind> OF_PAYING =
      Stream.of(
              answers("46", "Payout"),
              Stream.of("01 not enough value", "02 not exactly", "03 busy", "04 disabled")
                  .map(entry -> kind(ANSWER + "46-F5" + entry.substring(0, 2), "Payout", entry)),
              Stream.of(
                  new Faults.Kind(SimCashDispenser.REPORTED + "01", "Payout error: note jams")),
              events(
                  "B0 recovering from a jam",
                  "B3 smart emptying",
                  "B4 smart emptied",
                  "C2 emptying",
                  "C3 emptied",
                  "CF device full",
                  "D7 floating",
                  "D8 floated",
                  "DD incomplete float",
                  "E0 note path open"))
          .flatMap(kinds -> kinds)
          .toList();

  static final List<Faults.Kind> OF_TAKING =
      Stream.of(
              Stream.of(new Faults.Kind("fraud", "Note is pulled on a string")),
              answers("08", "Giving back"),
              events(
                  "B5 channels disabled",
                  "B6 initialising",
                  "CB note put into the store at power-up",
                  "CF device full",
                  "E0 note path open",
                  "EA safe jam"))
          .flatMap(kinds -> kinds)
          .toList();

  private SspFaults() {}

  /// How the kinds of fault begin that make the unit answer otherwise to this command.
  static String answers(Buffer command) {
    int code = command.getUnsignedByte(0);
    boolean test = code == PAYOUT && command.getUnsignedByte(command.length() - 1) == TEST_ONLY;
    return ANSWER + "%02X".formatted(code) + (test ? "19-" : "-");
  }

  private static Stream<Faults.Kind> answers(String command, String what) {
    return Stream.of(
            "F2 command not known",
            "F3 wrong number of parameters",
            "F4 parameter out of range",
            "F5 cannot be processed",
            "F6 software error",
            "F8 fail",
            "FA key not set")
        .map(entry -> kind(ANSWER + command + "-" + entry.substring(0, 2), what, entry));
  }

  private static Stream<Faults.Kind> events(String... entries) {
    return Stream.of(entries).map(entry -> kind(EVENT + entry.substring(0, 2), "Tells", entry));
  }

  private static Faults.Kind kind(String kind, String what, String entry) {
    return new Faults.Kind(kind, what + ": " + entry.substring(3));
  }
}
