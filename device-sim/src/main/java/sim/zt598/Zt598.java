package sim.zt598;

import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Faults;
import sim.mechanics.Key;
import sim.mechanics.KeyRequest;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.PadKey;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimPinPad.Format;
import sim.wire.Line;
import sim.wire.LineTimers;

/// A unit on the mechanics of a PIN pad. It knows what both models are asked: which it is, the form
/// of the question tells. Its master key is the one of its key file. It has no scan table to load,
/// no MAC, no data keys and no authentication. Runs on the mechanics' context.
public final class Zt598 implements Zt598Link.Model {
  private static final String CODE = "code-";

  /// All codes of the table of return codes that have a meaning, each to be ordered; where
  /// mechanics stand for one, it comes of them too.
  public static final List<Faults.Kind> FAULTS =
      Stream.concat(
              Stream.of(
                      "E0 Battery low",
                      "E1 IMK missing",
                      "E2 Master key missing",
                      "E3 Wrong key length",
                      "E4 Key slot empty",
                      "E5 Key missing or of another type",
                      "E6 Key parity",
                      "E7 Key check value",
                      "E8 Wrong command length",
                      "E9 Wrong data",
                      "EA Code or information",
                      "EB Wrong parameter",
                      "EC Wants to be authenticated to",
                      "ED Locked",
                      "EE Input timed out",
                      "EF General error",
                      "DD Tampered with",
                      "F9 Wrong password",
                      "FB Locked by its password",
                      "FF Removal switch opened")
                  .map(entry -> new Faults.Kind(CODE + entry.substring(0, 2), entry.substring(3))),
              Line.FAULTS.stream())
          .toList();

  private static final int GOOD = 0x60;
  private static final int MASTER_MISSING = 0xE2;
  private static final int WRONG_KEY_LENGTH = 0xE3;
  private static final int SLOT_EMPTY = 0xE4;
  private static final int WRONG_TYPE = 0xE5;
  private static final int WRONG_LENGTH = 0xE8;
  private static final int WRONG_DATA = 0xE9;
  private static final int WRONG_PARAMETER = 0xEB;
  private static final int GENERAL = 0xEF;

  private static final String MASTER_SLOT = "20";
  private static final int ENDED_BY_UNIT = 0x80;
  private static final int MASK_NONE = 0xFF;

  /// The unit has no Backspace.
  private static final Set<Key> KEYS = EnumSet.complementOf(EnumSet.of(Key.BACKSPACE));

  private final SimPinPad pad;
  private final LineTimers timers;
  private final Zt598Link link;
  private boolean inputOn;
  private boolean sound;
  private int mask;
  private int limitS;
  private int digitsMin;
  private int digitsMax;
  private Optional<String[]> bound = Optional.empty();
  private int pinDigits;
  private Runnable stopTimer = () -> {};

  public Zt598(SimPinPad pad, Line line, LineTimers timers) {
    this.pad = pad;
    this.timers = timers;
    this.link = new Zt598Link(line, timers, this);
    pad.listen(
        event -> {
          switch (event) {
            case DeviceEvent.PowerLost _ -> {
              link.forget();
              stopTimer.run();
              afterPowerOn();
            }
            case DeviceEvent.KeyPressed(Optional<Key> key, int digits) -> pressed(key, digits);
            default -> {}
          }
        });
    afterPowerOn();
  }

  private void afterPowerOn() {
    inputOn = false;
    sound = true;
    mask = '*';
    limitS = 30;
    digitsMin = 4;
    digitsMax = 12;
    bound = Optional.empty();
  }

  @Override
  public boolean listens() {
    return pad.powered();
  }

  @Override
  public Future<String> execute(String text) {
    Optional<Integer> ordered = pad.faults().struckCode(CODE);
    if (ordered.isPresent()) return reply(ordered.get());
    if (pad.dead()) return reply(GENERAL);
    String data = text.substring(1);
    return switch (text.charAt(0)) {
      case '2' -> loadKey(data);
      case '3' -> data.isEmpty() ? information() : reply(WRONG_LENGTH);
      case '5' -> control(data);
      case '6' -> startPin(data);
      case '7' -> pinBlock(data);
      case 'S' -> stopEntry().compose(_ -> reply(GOOD));
      default -> reply(GENERAL);
    };
  }

  // Controls.

  private Future<String> control(String data) {
    if (!data.matches("[0-9A-F]{3}")) return reply(WRONG_DATA);
    int value = Integer.parseInt(data.substring(1), 16);
    return switch (data.charAt(0)) {
      case '0' -> control(value);
      case '2' -> set(() -> limitS = value);
      case '3' -> set(() -> mask = value);
      case '4' -> set(() -> digitsMin = value);
      case '5' -> set(() -> digitsMax = value);
      // Other than plain hex it does not speak, and takes no other speed.
      case '6' -> reply(value == 0x37 ? GOOD : WRONG_PARAMETER);
      case '8' -> reply(GOOD);
      // One digit at a time it does not delete.
      case 'A' -> reply(value == 0x22 ? GOOD : WRONG_PARAMETER);
      default -> reply(WRONG_PARAMETER);
    };
  }

  private Future<String> control(int value) {
    return switch (value) {
      case 0x30 ->
          stopEntry()
              .compose(_ -> pad.reset())
              .compose(
                  _ -> {
                    afterPowerOn();
                    return reply(GOOD);
                  });
      case 0x31 -> stopEntry().compose(_ -> pad.initialize()).compose(_ -> reply(GOOD));
      case 0x32 -> stopEntry().compose(_ -> reply(GOOD));
      case 0x33 -> inputOn ? reply(GOOD) : stopEntry().compose(_ -> openKeys());
      case 0x34, 0x35 -> set(() -> sound = value == 0x35);
      case 0x3D -> reply(GOOD);
      default -> reply(WRONG_PARAMETER);
    };
  }

  private static Future<String> set(Runnable how) {
    how.run();
    return reply(GOOD);
  }

  // Keys.

  private Future<String> openKeys() {
    inputOn = true;
    nextOpenKey();
    return inputOn ? reply(GOOD) : reply(GENERAL);
  }

  /// One after the other: the mechanics remember no more than a PIN has digits.
  private void nextOpenKey() {
    pad.enter(new KeyRequest(KEYS, KEYS, 0, 0, false, false))
        .onComplete(
            _ -> {
              if (inputOn) nextOpenKey();
            },
            _ -> inputOn = false);
  }

  private Future<Void> stopEntry() {
    inputOn = false;
    stopTimer.run();
    pad.cancelEntry();
    return pad.busy().isEmpty() ? Future.succeededFuture() : pad.idle();
  }

  private void pressed(Optional<Key> key, int digits) {
    if (key.isEmpty()) {
      if (mask != MASK_NONE) link.key(mask);
      return;
    }
    if (!inputOn) pinDigits = digits;
    link.key(code(key.get()));
  }

  /// The default scan table.
  private static int code(Key key) {
    if (key.isDigit()) return '0' + key.digit();
    return switch (key) {
      case ENTER -> 0x0D;
      case CANCEL -> 0x1B;
      case CLEAR -> 0x08;
      case A, B, C, D -> 0x41 + key.ordinal() - Key.A.ordinal();
      case F, G, H, I -> 0x45 + key.ordinal() - Key.F.ordinal();
      default -> throw new IllegalStateException("the unit has no key " + key);
    };
  }

  /// `6`: on a ZT588 slot, format, hint, length and the number; on a ZT598 some digits, of which
  /// the sheet says no more.
  private Future<String> startPin(String data) {
    Optional<String[]> asked = Optional.empty();
    if (data.length() > 9) {
      if (!data.matches("[0-9A-F]{2}[@ !\"#0]\\d\\d{2}\\d{12}")) return reply(WRONG_DATA);
      asked =
          Optional.of(new String[] {data.substring(0, 2), data.substring(2, 3), data.substring(6)});
      if (!holds(asked.get()[0])) return reply(SLOT_EMPTY);
    } else if (!data.matches("\\d{5}")) {
      return reply(WRONG_LENGTH);
    }
    Optional<String[]> now = asked;
    return stopEntry()
        .compose(
            _ -> {
              bound = now;
              return hiddenKeys();
            });
  }

  private Future<String> hiddenKeys() {
    KeyRequest request =
        new KeyRequest(KEYS, Set.of(Key.ENTER, Key.CANCEL), digitsMin, digitsMax, false, true);
    stopTimer =
        timers.after(
            limitS * 1000L,
            () -> {
              if (pad.cancelEntry()) link.key(ENDED_BY_UNIT);
            });
    Future<?> entry =
        pad.enter(request)
            .onComplete(
                _ -> stopTimer.run(),
                why -> {
                  stopTimer.run();
                  if (why instanceof MechanicalFault fault && isItsOwn(fault)) {
                    link.key(ENDED_BY_UNIT);
                  }
                });
    return entry.failed() ? reply(GENERAL) : reply(GOOD);
  }

  private static boolean isItsOwn(MechanicalFault fault) {
    return fault.kind() == Kind.STUCK_KEY || fault.kind() == Kind.DEAD;
  }

  // Keys that encipher.

  /// `2`: slot of the master key, slot, type, length in units of eight bytes, the wrapped key.
  private Future<String> loadKey(String data) {
    if (data.length() < 6) return reply(WRONG_LENGTH);
    String slot = data.substring(2, 4);
    if (!data.substring(0, 2).equals(MASTER_SLOT)) return reply(MASTER_MISSING);
    if (!data.substring(4, 5).equals("3")) return reply(WRONG_TYPE);
    String hex = data.substring(6);
    if (!data.substring(5, 6).equals("2") || hex.length() != 32) return reply(WRONG_KEY_LENGTH);
    if (!hex.matches("[0-9A-Fa-f]+")) return reply(WRONG_DATA);
    return answered(
        pad.importKey(slot, "P0", "T", "E", SimPinPad.TMK, HexFormat.of().parseHex(hex)),
        key -> (char) GOOD + HexFormat.of().withUpperCase().formatHex(key.kcv()));
  }

  /// `7`: what it is for was said before on a ZT588; on a ZT598 slot, format and number.
  private Future<String> pinBlock(String data) {
    Optional<String[]> asked = bound;
    if (!data.isEmpty()) {
      if (!data.matches("[0-9A-F]{2}[@ !\"#0]\\d{12}")) return reply(WRONG_DATA);
      asked =
          Optional.of(new String[] {data.substring(0, 2), data.substring(2, 3), data.substring(3)});
    }
    if (asked.isEmpty()) return reply(WRONG_LENGTH);
    String[] to = asked.get();
    Format format;
    switch (to[1]) {
      case " " -> format = Format.ISO0;
      case "#" -> format = Format.ISO3;
      default -> {
        return reply(WRONG_PARAMETER);
      }
    }
    int length = pinDigits;
    return answered(
        pad.pinBlock(format, to[2], to[0]),
        block ->
            (char) GOOD
                + "02%02d".formatted(length)
                + HexFormat.of().withUpperCase().formatHex(block));
  }

  private boolean holds(String slot) {
    return pad.keys().stream().map(PadKey::name).anyMatch(slot::equals);
  }

  // Information.

  private Future<String> information() {
    int first = (pad.keys().isEmpty() ? 1 : 0) | (inputOn ? 2 : 0) | (sound ? 4 : 0);
    return Future.succeededFuture(
        (char) GOOD
            + " ".repeat(50)
            + "0".repeat(48)
            + "%02X".formatted(first)
            + "0".repeat(18)
            + " ".repeat(8)
            + "ZT588 "
            + "1.0"
            + "1.0"
            + "2611"
            + "0001");
  }

  // Replies.

  private static Future<String> reply(int code) {
    return Future.succeededFuture(String.valueOf((char) code));
  }

  private static <T> Future<String> answered(Future<T> act, Function<T, String> text) {
    return act.map(text)
        .recover(
            why ->
                why instanceof MechanicalFault fault && fault.kind() != Kind.POWER_LOST
                    ? reply(code(fault.kind()))
                    : Future.failedFuture(why));
  }

  private static int code(Kind kind) {
    return switch (kind) {
      case KEY_NOT_FOUND -> SLOT_EMPTY;
      case KEY_NO_VALUE -> MASTER_MISSING;
      case KEY_USE -> WRONG_TYPE;
      case KEY_VALUE -> WRONG_KEY_LENGTH;
      case CUSTOMER_DATA -> WRONG_DATA;
      default -> GENERAL;
    };
  }
}
