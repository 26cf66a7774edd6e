package atm.driver.crt310;

import static atm.device.Awaiting.await;
import static atm.device.Awaiting.awaitState;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.CardReader;
import atm.device.CardReader.CardRead;
import atm.device.DeviceStatus;
import atm.link.Backoff;
import atm.link.ByteConnector;
import atm.link.ByteLink;
import atm.link.Deadlines;
import atm.value.Track2;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A reader that nobody comes to for a night, which passes here as fast as it can be asked.
class Crt310NightTest {
  private static final Duration ASK_EVERY = Duration.ofMillis(200);
  private static final int ASKED_IN_A_NIGHT = (int) Duration.ofHours(8).dividedBy(ASK_EVERY);
  private static final String ON_THE_CARD = "4000001234567899=29122010000";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void whoComesFirstInTheMorningIsServed() {
    Unit unit = new Unit();
    Deadlines hurried =
        (within, over) -> {
          if (within.equals(ASK_EVERY)) vertx.runOnContext(_ -> over.run());
          return () -> {};
        };
    CardReader reader =
        new Crt310CardReader(
            vertx, unit, hurried, Backoff.usual(), new Crt310Reading(Optional.empty()));
    reader.open();
    awaitState(reader, DeviceStatus.State.ONLINE);

    CardRead read = await(reader.read(Duration.ZERO, () -> {}));

    assertThat(read).isEqualTo(new CardRead.Card(Track2.parse(ON_THE_CARD)));
    await(reader.close());
  }

  /// Answers within the call; a card lies in it once it has been asked all night.
  private static final class Unit implements ByteConnector, ByteLink {
    private final Promise<IOException> ended = Promise.promise();
    private Consumer<Buffer> onBytes = _ -> {};
    private Buffer command;
    private int asked;

    @Override
    public Future<ByteLink> open(Duration within) {
      return Future.succeededFuture(this);
    }

    @Override
    public Future<Void> write(Buffer bytes) {
      if (bytes.length() > 1) {
        command = bytes;
        onBytes.accept(Buffer.buffer(new byte[] {0x06}));
      } else if (bytes.getByte(0) == 0x05) {
        onBytes.accept(answer(command.getByte(3), command.getByte(4)));
      }
      return Future.succeededFuture();
    }

    private Buffer answer(int asked, int parameter) {
      return Crt310Frames.command(asked, parameter, data(asked));
    }

    private Buffer data(int about) {
      return switch (about) {
        case 0x30 -> Buffer.buffer("CRT 310 V3.0");
        case 0x31 -> Buffer.buffer(asked++ < ASKED_IN_A_NIGHT ? "N" : "J");
        case 0x45 ->
            Buffer.buffer("02\u001FY;" + ON_THE_CARD + "?", StandardCharsets.US_ASCII.name());
        default -> Buffer.buffer("Y");
      };
    }

    @Override
    public String at() {
      return "unit";
    }

    @Override
    public void onBytes(Consumer<Buffer> handler) {
      onBytes = handler;
    }

    @Override
    public Future<IOException> ended() {
      return ended.future();
    }

    @Override
    public void fail(IOException why) {
      ended.tryComplete(why);
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
