package sim.zt598;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.Key;
import sim.mechanics.Pace;
import sim.mechanics.SimPinPad;
import sim.mechanics.StateFile;
import sim.mechanics.When;
import sim.wire.Host;
import sim.wire.Line;
import sim.wire.Vectors;

/// The unit's half of the published exchanges, its keys, and its return codes.
class Zt598Test {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final String GOOD = "02 30 30 31 60 03 35 32";

  /// The first two of the three keys in the example of NIST SP 800-67, B.1.
  private static final byte[] TMK = HexFormat.of().parseHex("0123456789ABCDEF23456789ABCDEF01");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Vectors vectors = new Vectors("szzt-zt588-zt598-epp");
  private final List<Runnable> timers = new ArrayList<>();
  private SimPinPad pad;
  private Host host;

  @BeforeEach
  void start() {
    now(
        () -> {
          pad =
              SimPinPad.ofTdes(
                  new Pace(vertx, context, 0),
                  new StateFile(folder.resolve("state")),
                  Optional.of(TMK),
                  new SecureRandom(),
                  Zt598.FAULTS);
          Line line = new Line(pad.faults());
          host = new Host(line);
          return new Zt598(
              pad,
              line,
              (_, over) -> {
                timers.add(over);
                return () -> timers.remove(over);
              });
        });
  }

  @AfterEach
  void stop() {
    done(vertx.close());
  }

  @Test
  void publishedExchanges() {
    for (String name : List.of("hex mode", "input on", "input off")) {
      List<String> exchange = vectors.exchange(name);
      assertThat(ask(exchange.getFirst().substring(2)))
          .as(name)
          .isEqualTo(Host.wanted(exchange, 1));
    }
    String startPin = vectors.exchange("start PIN, key 30, ISO-0, 4 digits, PAN").getFirst();
    assertThat(ask(startPin.substring(2)))
        .isEqualTo(vectors.exchange("key slot empty").getFirst().substring(2));
    loadPinKey();
    assertThat(ask(startPin.substring(2))).isEqualTo(GOOD);
  }

  @Test
  void plainKeysAreBytesOfTheirOwn() {
    ask(frame("5033"));
    press(Key.D1, Key.D2, Key.ENTER);

    assertThat(heard())
        .isEqualTo(
            vectors.exchange("keys 1, 2, enter while in plain input").getFirst().substring(2));
  }

  @Test
  void plainKeysDoNotRunOut() {
    ask(frame("5033"));
    for (int i = 0; i < 40; i++) press(Key.D7);

    assertThat(heard()).isEqualTo("37 ".repeat(40).strip());
    ask(frame("5032"));
    press(Key.D7);
    assertThat(heard()).isEmpty();
  }

  @Test
  void aPinIsMaskedAndItsBlockIsAskedForInBothForms() {
    loadPinKey();
    typed("630 004111111111111");
    assertThat(text(ask(frame("7")))).matches("`0204[0-9A-F]{16}");
    assertThat(text(ask(frame("7")))).isEqualTo("\u00ef");

    typed("600011");
    assertThat(text(ask(frame("730#111111111111")))).matches("`0204[0-9A-F]{16}");
  }

  @Test
  void anEntryThatTakesTooLongIsEndedByTheUnit() {
    loadPinKey();
    ask(frame("600011"));
    now(
        () -> {
          timers.getLast().run();
          return null;
        });
    settle();

    assertThat(heard()).isEqualTo("80");
    ask(frame("600011"));
    assertThat(ask(frame("5032"))).as("the host's end is no end by the unit").isEqualTo(GOOD);
  }

  @Test
  void whatIsWrongWithAKeyIsSaid() {
    assertThat(text(ask(frame("2213032" + "00".repeat(16))))).isEqualTo("\u00e2");
    assertThat(text(ask(frame("2203052" + "00".repeat(16))))).isEqualTo("\u00e5");
    assertThat(text(ask(frame("2203031" + "00".repeat(8))))).isEqualTo("\u00e3");
    assertThat(text(ask(frame("2203032" + "0G".repeat(16))))).isEqualTo("\u00e9");
    fault("key-lost");
    assertThat(text(ask(frame("2203032" + "00".repeat(16))))).isEqualTo("\u00e2");
    assertThat(text(ask(frame("3"))).substring(1 + 98, 1 + 100)).as("no keys").isEqualTo("05");
  }

  @Test
  void eachCodeOfTheTableCanBePlayed() {
    for (var kind : Zt598.FAULTS) {
      if (!kind.kind().startsWith("code-")) continue;
      now(
          () -> {
            pad.fault(kind.kind(), When.ONCE);
            return null;
          });
      int code = Integer.parseInt(kind.kind().substring(5), 16);
      assertThat(text(ask(frame("5032")))).isEqualTo("" + (char) code);
    }
  }

  @Test
  void badFramesDrawNothing() {
    assertThat(ask("02 30 30 31 33 03 30 32")).isEmpty();
    assertThat(ask("02 30 58 31 33 03 30 31")).isEmpty();
    assertThat(text(ask("FF 7E " + frame("3")))).hasSize(147);
  }

  private void loadPinKey() {
    // Any sixteen bytes are a key once they are unwrapped.
    assertThat(text(ask(frame("2203032" + "00112233445566778899AABBCCDDEEFF"))))
        .matches("`[0-9A-F]{6}");
  }

  private void typed(String start) {
    assertThat(ask(frame(start))).isEqualTo(GOOD);
    press(Key.D1, Key.CLEAR, Key.D1, Key.D2, Key.ENTER, Key.D3, Key.D4, Key.ENTER);
    assertThat(heard()).isEqualTo("2A 08 2A 2A 2A 2A 0D");
  }

  private void fault(String kind) {
    now(
        () -> {
          pad.fault(kind, When.NOW);
          return null;
        });
  }

  private void press(Key... keys) {
    for (Key key : keys) {
      now(
          () -> {
            pad.press(key);
            return null;
          });
    }
    settle();
  }

  private String ask(String hex) {
    now(
        () -> {
          host.says(hex);
          return null;
        });
    settle();
    return heard();
  }

  /// The mechanics take turns of the context, and so does this question.
  private void settle() {
    for (int turn = 0; turn < 50; turn++) now(() -> pad.digits());
  }

  private String heard() {
    return now(host::heard);
  }

  private static String frame(String text) {
    byte[] bytes =
        Buffer.buffer("%03d%s\u0003".formatted(text.length(), text), "ISO-8859-1").getBytes();
    int check = 0;
    for (byte b : bytes) check ^= b;
    return "02 "
        + HEX.formatHex(bytes)
        + " "
        + HEX.formatHex("%02X".formatted(check).getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(String hex) {
    byte[] frame = HEX.parseHex(hex);
    return new String(frame, 4, frame.length - 7, StandardCharsets.ISO_8859_1);
  }

  private <T> T now(Callable<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(work.call());
          } catch (Exception failed) {
            done.fail(failed);
          }
        });
    return done(done.future());
  }

  private static <T> T done(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
