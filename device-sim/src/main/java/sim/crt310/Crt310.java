package sim.crt310;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sim.mechanics.DeviceEvent;
import sim.mechanics.Faults;
import sim.mechanics.MechanicalFault;
import sim.mechanics.MechanicalFault.Kind;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCardReader.Media;
import sim.mechanics.SimCardReader.ResetTo;
import sim.mechanics.TrackData;
import sim.wire.Line;
import sim.wire.LineTimers;

/// A CRT-310 with a magnetic head and chip contacts on the mechanics of a card reader: no radio.
/// Runs on their context.
public final class Crt310 implements Crt310Link.Model {
  private static final String ERROR = "error-";
  private static final String TRACK = "track-";
  private static final String POSITION = "position-";

  /// All entries of the error table, each to be ordered, what a track reading can fail with, and
  /// the position that no mechanics come to. What is short of power moves nothing; the other errors
  /// are the answer to anything.
  public static final List<Faults.Kind> FAULTS =
      Stream.of(
              List.of(
                  new Faults.Kind(ERROR + "00", "Undefined command"),
                  new Faults.Kind(ERROR + "01", "Undefined parameter"),
                  new Faults.Kind(ERROR + "02", "Command cannot be executed"),
                  new Faults.Kind(ERROR + "04", "Data error"),
                  new Faults.Kind(ERROR + "05", "Supply voltage out of range"),
                  new Faults.Kind(ERROR + "06", "Abnormal card inside"),
                  new Faults.Kind(ERROR + "07", "Runs on backup power"),
                  new Faults.Kind(TRACK + "E0", "Track not readable"),
                  new Faults.Kind(TRACK + "E1", "Track without start"),
                  new Faults.Kind(TRACK + "E2", "Track without end"),
                  new Faults.Kind(TRACK + "E3", "Track parity wrong"),
                  new Faults.Kind(TRACK + "E4", "Track LRC wrong"),
                  new Faults.Kind(TRACK + "E5", "Track blank"),
                  new Faults.Kind(POSITION + "47", "Card too short")),
              ChipContact.FAULTS,
              Line.FAULTS)
          .flatMap(List::stream)
          .toList();

  private static final String VERSION = "CRT 310 V3.0 ";
  private static final String SERIAL_NUMBER = "SIM-310-1";

  static final int YES = 0x59;
  static final int NO = 0x4E;
  static final int NO_CARD = 0x45;
  static final int IMPOSSIBLE = 0x57;

  private static final int UNDEFINED_COMMAND = 0x00;
  static final int UNDEFINED_PARAMETER = 0x01;
  private static final int CANNOT = 0x02;
  private static final int ABNORMAL_CARD = 0x06;

  private static final int NOT_READABLE = 0xE0;
  private static final int BLANK = 0xE5;

  private final SimCardReader reader;
  private final ChipContact contact;
  private final Crt310Link link;
  private boolean rearAllowed = true;
  private int entry = 0x33;
  private Optional<TrackData> fresh = Optional.empty();

  public Crt310(SimCardReader reader, Line line, LineTimers timers) {
    this.reader = reader;
    this.contact = new ChipContact(reader);
    this.link = new Crt310Link(line, timers, this);
    reader.listen(
        event -> {
          switch (event) {
            case DeviceEvent.PowerLost _ -> {
              link.forget();
              afterPowerOn();
            }
            case DeviceEvent.PowerBack _ -> awaitCard();
            default -> {}
          }
        });
    afterPowerOn();
    awaitCard();
  }

  /// Cards are accepted by switch, from the front and from the rear.
  private void afterPowerOn() {
    contact.lift();
    entry = 0x33;
    rearAllowed = true;
    fresh = Optional.empty();
  }

  @Override
  public boolean listens() {
    return reader.powered();
  }

  @Override
  public Future<Buffer> execute(int command, int parameter, Buffer data) {
    for (int error :
        new int[] {UNDEFINED_COMMAND, UNDEFINED_PARAMETER, CANNOT, 0x04, ABNORMAL_CARD}) {
      if (strikes(error)) return refusal(command, error);
    }
    return switch (command) {
      case 0x30 -> reset(parameter, data);
      case 0x2F -> entryControl(parameter, data);
      case 0x2E -> done(parameter >= 0x30 && parameter <= 0x35, command, parameter);
      case 0x31 -> status(parameter);
      case 0x32 -> move(parameter);
      case 0x33 -> contact.power(parameter);
      case 0x37 -> contact.chip(parameter, data);
      case 0x34 -> done(parameter >= 0x30 && parameter <= 0x35, command, parameter);
      case 0x45 -> tracks(parameter, data);
      case 0x46 -> done(parameter == 0x30 || parameter == 0x31, command, parameter);
      case 0x49 ->
          data.length() == 1
              ? reply(0x49, parameter, data.getByte(0), YES)
              : refusal(command, UNDEFINED_PARAMETER);
      case 0x4A -> refusal(command, CANNOT);
      default -> refusal(command, UNDEFINED_COMMAND);
    };
  }

  private Future<Buffer> reset(int parameter, Buffer data) {
    return switch (parameter) {
      case 0x30, 0x31, 0x32 -> {
        ResetTo to =
            switch (parameter) {
              case 0x31 -> ResetTo.EXIT;
              case 0x32 -> ResetTo.RETAIN;
              default -> ResetTo.CURRENT;
            };
        Buffer version = head(0x30, parameter).appendString(VERSION);
        yield stopWaiting()
            .compose(_ -> reader.reset(to))
            .map(
                _ -> {
                  afterPowerOn();
                  awaitCard();
                  return version;
                })
            // A card that does not come free is for the status to tell.
            .recover(
                failure -> answered(failure) ? Future.succeededFuture(version) : lost(failure));
      }
      case 0x3A ->
          Future.succeededFuture(
              head(0x30, parameter).appendByte((byte) YES).appendString(SERIAL_NUMBER));
      case 0x3B ->
          data.length() >= 1 && data.length() <= 16
              ? reply(0x30, parameter, YES)
              : refusal(0x30, UNDEFINED_PARAMETER);
      default -> refusal(0x30, UNDEFINED_PARAMETER);
    };
  }

  private Future<Buffer> entryControl(int parameter, Buffer data) {
    if (parameter < 0x31 || parameter > 0x34 || data.length() != 1) {
      return refusal(0x2F, UNDEFINED_PARAMETER);
    }
    entry = parameter;
    rearAllowed = data.getByte(0) == 0x30;
    Buffer done = head(0x2F, parameter).appendByte(data.getByte(0)).appendByte((byte) YES);
    return stopWaiting()
        .map(
            _ -> {
              awaitCard();
              return done;
            });
  }

  private Future<Buffer> status(int parameter) {
    int card = reader.media() == Media.NOT_PRESENT ? 0x30 : 0x31;
    int shutter = entry == 0x31 ? 0x30 : 0x31;
    return switch (parameter) {
      case 0x30 -> reply(0x31, 0x30, position(), entryMode(), rearAllowed ? 0x4A : 0x4E);
      case 0x2F -> reply(0x31, 0x2F, card, card, card, card, card, shutter, 0x30);
      case 0x2E -> reply(0x31, 0x2E, card, card, card, card, card, card, shutter, 0x30);
      case 0x31 -> reply(0x31, 0x31, 'N', '0');
      default -> refusal(0x31, UNDEFINED_PARAMETER);
    };
  }

  private boolean strikes(int error) {
    return reader.faults().strikes(ERROR + "%02X".formatted(error));
  }

  private int position() {
    Optional<Integer> ordered = reader.faults().heldCode(POSITION);
    if (ordered.isPresent()) return ordered.get();
    return switch (reader.media()) {
      case NOT_PRESENT -> 0x4E;
      case PRESENT -> contact.isDown() ? 0x4B : 0x4A;
      case JAMMED -> 0x46;
      // On its way in, it is not yet anywhere.
      case ENTERING -> reader.light() == SimCardReader.Light.TAKE ? 0x48 : 0x4E;
    };
  }

  private int entryMode() {
    return switch (entry) {
      case 0x32 -> 0x49;
      case 0x33 -> 0x4A;
      case 0x34 -> 0x4B;
      default -> 0x4E;
    };
  }

  private Future<Buffer> move(int parameter) {
    for (int error : new int[] {0x05, 0x07}) {
      if (strikes(error)) return refusal(0x32, error);
    }
    return switch (parameter) {
      case 0x30, 0x31 -> moved(parameter, stopWaiting().compose(_ -> reader.eject()));
      case 0x32, 0x33, 0x34 -> moved(parameter, stopWaiting().compose(_ -> reader.retain()));
      case 0x2E, 0x2F -> inside(parameter);
      default -> refusal(0x32, UNDEFINED_PARAMETER);
    };
  }

  /// To the position of the chip, where the contacts come down, or to that of radio.
  private Future<Buffer> inside(int parameter) {
    return switch (reader.media()) {
      case NOT_PRESENT -> reply(0x32, parameter, NO_CARD);
      case ENTERING -> reply(0x32, parameter, IMPOSSIBLE);
      case JAMMED -> refusal(0x32, ABNORMAL_CARD);
      case PRESENT ->
          stopWaiting()
              .compose(
                  _ -> {
                    contact.lift();
                    if (parameter == 0x2F) contact.lower();
                    return reply(0x32, parameter, YES);
                  });
    };
  }

  private Future<Buffer> moved(int parameter, Future<Void> movement) {
    return movement
        .map(
            _ -> {
              fresh = Optional.empty();
              contact.lift();
              return YES;
            })
        .compose(st -> reply(0x32, parameter, st))
        .recover(
            failure ->
                switch (failure) {
                  case MechanicalFault f when f.kind() == Kind.NO_MEDIA ->
                      reply(0x32, parameter, NO_CARD);
                  case MechanicalFault f when f.kind() == Kind.JAM -> refusal(0x32, ABNORMAL_CARD);
                  case MechanicalFault f when f.kind() == Kind.BIN_FULL ->
                      reply(0x32, parameter, IMPOSSIBLE);
                  case MechanicalFault f when f.kind() == Kind.DEAD -> reply(0x32, parameter, NO);
                  default -> lost(failure);
                });
  }

  private Future<Buffer> tracks(int parameter, Buffer data) {
    boolean known =
        (parameter == 0x30 || parameter == 0x31)
            && data.length() == 2
            && (data.getByte(0) == 0x30 || data.getByte(0) == 0x31)
            && data.getByte(1) >= 0x30
            && data.getByte(1) <= 0x37;
    if (!known) return refusal(0x45, UNDEFINED_PARAMETER);
    if (reader.media() != Media.PRESENT) return refusal(0x45, CANNOT);
    Future<TrackData> reading =
        fresh
            .map(Future::succeededFuture)
            .orElseGet(() -> stopWaiting().compose(_ -> reader.accept()));
    return reading
        .map(
            read -> {
              fresh = Optional.of(read);
              Optional<Integer> ordered = reader.faults().struckCode(TRACK);
              return blocks(head(0x45, parameter).appendBuffer(data), data, read, ordered);
            })
        .recover(failure -> answered(failure) ? refusal(0x45, CANNOT) : lost(failure));
  }

  /// Only track 2 is recorded on the cards there are.
  private static Buffer blocks(
      Buffer reply, Buffer data, TrackData read, Optional<Integer> ordered) {
    boolean[][] asked = {
      {},
      {true},
      {false, true},
      {false, false, true},
      {true, true},
      {false, true, true},
      {true, false, true},
      {true, true, true}
    };
    boolean[] tracks = asked[data.getByte(1) - 0x30];
    for (int track = 0; track < tracks.length; track++) {
      if (!tracks[track]) continue;
      reply.appendByte((byte) 0x1F);
      if (ordered.isPresent() || track != 1 || read.track2() == null) {
        int why = ordered.orElse(BLANK);
        reply.appendByte((byte) (why == NOT_READABLE ? 0x4F : NO)).appendByte((byte) why);
      } else {
        reply.appendByte((byte) YES);
        boolean binary = data.getByte(0) == 0x31;
        for (byte b : read.track2()) {
          if (binary) reply.appendString("%02X".formatted(b));
          else reply.appendByte(b);
        }
      }
    }
    return reply;
  }

  /// Draws in the next card, if entry is allowed.
  private void awaitCard() {
    if (entry == 0x31 || reader.media() != Media.NOT_PRESENT) return;
    reader.accept().onSuccess(read -> fresh = Optional.of(read));
  }

  /// The mechanics do one thing at a time; a card on its way in is waited for.
  private Future<Void> stopWaiting() {
    reader.cancelAccept();
    return reader.busy().isEmpty() ? Future.succeededFuture() : reader.idle();
  }

  private static Future<Buffer> done(boolean known, int command, int parameter) {
    return known ? reply(command, parameter, YES) : refusal(command, UNDEFINED_PARAMETER);
  }

  private static boolean answered(Throwable failure) {
    return failure instanceof MechanicalFault known && known.kind() != Kind.POWER_LOST;
  }

  private static <T> Future<T> lost(Throwable failure) {
    return Future.failedFuture(failure);
  }

  static Buffer head(int command, int parameter) {
    return Buffer.buffer().appendByte((byte) command).appendByte((byte) parameter);
  }

  static Future<Buffer> reply(int command, int parameter, int... data) {
    Buffer reply = head(command, parameter);
    for (int b : data) reply.appendByte((byte) b);
    return Future.succeededFuture(reply);
  }

  static Future<Buffer> refusal(int command, int why) {
    return Future.succeededFuture(
        Buffer.buffer().appendByte((byte) NO).appendByte((byte) command).appendByte((byte) why));
  }
}
