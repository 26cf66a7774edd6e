package atm.driver.xfs4iot;

import atm.device.CardReader;
import atm.device.DeviceException;
import atm.device.DeviceKind;
import atm.device.DeviceStatus;
import atm.link.Backoff;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/// A motorised card reader behind an XFS4IoT service (§8 "Card", §9.3).
final class Xfs4IotCardReader extends Xfs4IotDevice implements CardReader {
  private String retainUnit = "unit1";

  Xfs4IotCardReader(Vertx vertx, URI at, Backoff backoff) {
    super(vertx, DeviceKind.CARD_READER, at, backoff, "CardReader.ReadRawData", "CardReader.Reset");
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable waiting) {
    return read(within, waiting, () -> {});
  }

  @Override
  public Future<CardRead> read(Duration within, Runnable waiting, Runnable inserted) {
    JsonObject tracks =
        new JsonObject().put("track1", false).put("track2", true).put("track3", false);
    Consumer<Message> happened =
        event -> {
          switch (event.name()) {
            case "CardReader.InsertCardEvent" -> waiting.run();
            case "CardReader.MediaInsertedEvent" -> inserted.run();
            default -> {}
          }
        };
    return waiting("CardReader.ReadRawData", tracks, within, happened)
        .map(Xfs4IotCardReader::whatWasRead);
  }

  @Override
  public Future<Void> cancel() {
    return cancelWaiting();
  }

  @Override
  public Future<EjectOutcome> eject() {
    return outcome(
        "eject",
        EjectOutcome.Stuck::new,
        client -> {
          slot.filled();
          return move(client, "transport", "exit")
              .compose(completion -> ejected(client, completion))
              .otherwise(failure -> new EjectOutcome.Stuck(DeviceException.faultOf(failure)));
        });
  }

  @Override
  public Future<Boolean> taken(Duration within) {
    return takenWithin(within)
        .compose(
            taken ->
                taken ? Future.succeededFuture(true) : media().map(media -> media == Media.NONE));
  }

  @Override
  public Future<RetainOutcome> retain() {
    return outcome(
        "retain",
        RetainOutcome.Stuck::new,
        client ->
            askMedia(client)
                .compose(
                    media -> {
                      if (media == Media.NONE) {
                        return Future.succeededFuture((RetainOutcome) new RetainOutcome.NoCard());
                      }
                      String from = media == Media.AT_EXIT ? "exit" : "transport";
                      return move(client, from, retainUnit).map(this::retained);
                    })
                .otherwise(failure -> new RetainOutcome.Stuck(DeviceException.faultOf(failure))));
  }

  @Override
  public Future<Media> media() {
    return command("media", this::askMedia);
  }

  @Override
  Future<Void> prepare(Xfs4IotClient client, JsonObject capabilities, JsonObject status) {
    if (mediaIn(status) == Media.AT_EXIT) slot.filled();
    else slot.emptied();
    if (!client.versions().has("Storage.GetStorage")) return Future.succeededFuture();
    return succeed(client, "Storage.GetStorage", null, ANSWER_WITHIN)
        .map(
            answer -> {
              retainUnitIn(answer.getJsonObject("storage", new JsonObject()))
                  .ifPresent(unit -> retainUnit = unit);
              return null;
            });
  }

  @Override
  DeviceStatus health(JsonObject status) {
    return mediaIn(status) == Media.JAMMED
        ? DeviceStatus.fault("a card is jammed")
        : DeviceStatus.online();
  }

  @Override
  boolean happened(Message event) {
    if (!event.name().equals("CardReader.MediaRemovedEvent")) return false;
    slot.emptied();
    return true;
  }

  @Override
  JsonObject resetPayload() {
    return new JsonObject().put("to", "currentPosition");
  }

  private Future<Message> move(Xfs4IotClient client, String from, String to) {
    JsonObject path = new JsonObject().put("from", from).put("to", to);
    return client.call("CardReader.Move", path, MOVE_WITHIN);
  }

  private Future<EjectOutcome> ejected(Xfs4IotClient client, Message completion) {
    if (completion.isSuccess()) return Future.succeededFuture(new EjectOutcome.AtExit());
    // Nothing inside: it may lie at the exit since before, or have been taken.
    if (completion.errorCode().orElse("").matches("noMedia|occupied")) {
      return askMedia(client)
          .map(
              media ->
                  switch (media) {
                    case AT_EXIT -> new EjectOutcome.AtExit();
                    case NONE -> new EjectOutcome.NoCard();
                    default -> new EjectOutcome.Stuck(Faults.of(completion));
                  });
    }
    return Future.succeededFuture(new EjectOutcome.Stuck(Faults.of(completion)));
  }

  private RetainOutcome retained(Message completion) {
    if (completion.isSuccess() || completion.errorCode().equals(Optional.of("mediaRetained"))) {
      slot.emptied();
      return new RetainOutcome.Retained();
    }
    return completion.errorCode().equals(Optional.of("noMedia"))
        ? new RetainOutcome.NoCard()
        : new RetainOutcome.Stuck(Faults.of(completion));
  }

  private Future<Media> askMedia(Xfs4IotClient client) {
    return askStatus(client)
        .map(
            status -> {
              Media media = mediaIn(status);
              if (media == Media.NONE) slot.emptied();
              return media;
            });
  }

  private static Media mediaIn(JsonObject status) {
    JsonObject reader = status.getJsonObject("cardReader", new JsonObject());
    return switch (reader.getString("media", "unknown")) {
      case "notPresent" -> Media.NONE;
      case "present", "latched" -> Media.INSIDE;
      case "entering" -> Media.AT_EXIT;
      case "jammed" -> Media.JAMMED;
      default -> Media.UNKNOWN;
    };
  }

  private static Optional<String> retainUnitIn(JsonObject storage) {
    return storage.fieldNames().stream()
        .filter(
            unit ->
                storage
                    .getJsonObject(unit)
                    .getJsonObject("card", new JsonObject())
                    .getJsonObject("capabilities", new JsonObject())
                    .getString("type", "")
                    .equals("retain"))
        .findFirst();
  }

  private static CardRead whatWasRead(Message completion) {
    String error = completion.errorCode().orElse("");
    if (error.matches("invalidMedia|cardTooShort|cardTooLong|securityFail|cardCollision")) {
      return new CardRead.Unreadable(completion.failure());
    }
    if (!completion.isSuccess()) throw Faults.exception(completion);
    JsonObject track = completion.payload().getJsonObject("track2");
    if (track == null || track.getString("data") == null) {
      String why = track == null ? "left out" : track.getString("status", "empty");
      return new CardRead.Unreadable("track 2 is " + why);
    }
    return decode(track.getString("data"));
  }

  private static CardRead decode(String base64) {
    byte[] characters = new byte[0];
    try {
      characters = Base64.getDecoder().decode(base64);
      String text = new String(characters, StandardCharsets.US_ASCII);
      return new CardRead.Card(Track2.parse(text));
    } catch (IllegalArgumentException wrong) {
      // The message of a bad base64 character shows that character of the track.
      return new CardRead.Unreadable(
          characters.length == 0 ? "track 2 is not base64" : wrong.getMessage());
    } finally {
      Arrays.fill(characters, (byte) 0);
    }
  }
}
