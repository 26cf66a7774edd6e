package sim.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sim.mechanics.AcceptorBuild;
import sim.mechanics.AcceptorUnit;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.Pace;
import sim.mechanics.Paper;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.StateFile;
import sim.mechanics.When;
import sim.wire.Line;

/// A validator as its host sees it: what it answers, in the bytes of the sheet, and where its notes
/// are. In clear, as the sheet allows for these commands.
class SspUnitTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Runnable> timers = new ArrayList<>();
  private final Buffer said = Buffer.buffer();
  private SimCashAcceptor acceptor;
  private Line line;
  private boolean flag;

  @BeforeEach
  void start() {
    now(
        () -> {
          acceptor =
              new SimCashAcceptor(
                  new Pace(vertx, context, 0),
                  new StateFile(folder.resolve("state")),
                  List.of(Denomination.parse("5 EUR"), Denomination.parse("10 EUR")),
                  List.of(new DepositBin("D1", 10)),
                  AcceptorBuild.ONE_NOTE,
                  SspUnit.TAKING_FAULTS);
          line = new Line(acceptor.faults());
          line.attach(said::appendBuffer, () -> {});
          return SspUnit.validator(
                  line,
                  (_, over) -> {
                    timers.add(over);
                    return () -> timers.remove(over);
                  })
              .takes(acceptor);
        });
  }

  @AfterEach
  void stop() {
    done(vertx.close());
  }

  @Test
  void packetsAndChecksAreThoseOfTheSheet() throws IOException {
    List<String> vectors = vectors();
    List<String> packets = vectors.stream().filter(v -> v.startsWith("packet ")).toList();
    List<String> checks = vectors.stream().filter(v -> v.startsWith("crc ")).toList();

    assertThat(packets).hasSizeGreaterThan(5);
    for (String vector : packets) {
      String[] sides = vector.substring("packet ".length()).split(" = ");
      byte[] given = HEX.parseHex(sides[0]);
      Buffer data = Buffer.buffer(given).slice(1, given.length);
      assertThat(hex(SspFrames.encode(given[0] & 0xFF, data))).isEqualTo(sides[1]);
    }
    for (String vector : checks) {
      String[] sides = vector.substring("crc ".length()).split(" = ");
      byte[] given = sides[0].equals("-") ? new byte[0] : HEX.parseHex(sides[0]);
      int crc = SspFrames.crc(Buffer.buffer(given));
      assertThat("%02X %02X".formatted(crc & 0xFF, crc >> 8)).isEqualTo(sides[1]);
    }
  }

  @Test
  void thePollAfterTheOneThatToldOfANoteLetsItIn() {
    opened();
    putIn("10 EUR");

    assertThat(tells("07")).isEqualTo("F0 EF 00 EF 02");
    assertThat(inBox()).isZero();
    assertThat(tells("07")).isEqualTo("F0 CC");
    assertThat(tells("07")).isEqualTo("F0 EE 02 EB");
    assertThat(inBox()).isEqualTo(1);
    assertThat(tells("58")).startsWith("F0 05 01 00 00 00");
  }

  @Test
  void aPacketThatComesAgainIsAnsweredAgainAndDoesNothing() {
    opened();
    putIn("5 EUR");
    String told = tells("07");
    flag = !flag; // the same flag again

    assertThat(tells("07")).isEqualTo(told).isEqualTo("F0 EF 00 EF 01");
    assertThat(inBox()).as("told of twice, let in by neither").isZero();
    assertThat(look(() -> acceptor.escrow().size())).isEqualTo(1);
  }

  @Test
  void aHoldKeepsTheNoteAndARejectSendsItBack() {
    opened();
    putIn("5 EUR");
    tells("07");

    assertThat(tells("18")).isEqualTo("F0");
    assertThat(tells("18")).isEqualTo("F0");
    assertThat(tells("08")).isEqualTo("F0");
    assertThat(tells("07")).isEqualTo("F0 ED EC");
    assertThat(tells("17")).as("by the host").isEqualTo("F0 08");
    assertThat(tells("18")).isEqualTo("F5");
    assertThat(tells("08")).isEqualTo("F5");
    assertThat(inBox()).isZero();
  }

  @Test
  void aNoteThatIsNotHeldGoesBackAfterTenSeconds() {
    opened();
    putIn("5 EUR");
    tells("07");
    now(
        () -> {
          List.copyOf(timers).forEach(Runnable::run);
          return null;
        });
    turns();

    assertThat(tells("07")).isEqualTo("F0 ED EC");
    assertThat(tells("17")).isEqualTo("F0 13");
  }

  @Test
  void whatItCannotReadAndWhatIsInhibitedGoesBack() {
    opened();
    putIn("foreign");
    assertThat(tells("07")).isEqualTo("F0 ED EC");
    take();
    assertThat(tells("02 02 00")).isEqualTo("F0");
    putIn("5 EUR");

    assertThat(tells("07")).isEqualTo("F0 ED EC");
    assertThat(tells("17")).as("channel inhibited").isEqualTo("F0 06");
  }

  @Test
  void aJamAFraudAndABoxThatIsOutAreTold() {
    opened();
    putIn("5 EUR");
    tells("07");
    arm("store-jam", When.atNote(1));
    tells("07");

    assertThat(tells("07")).endsWith("E9");
    arm("fraud", When.ONCE);
    assertThat(tells("07")).startsWith("F0 E6 00");
    arm("bin-missing:D1", When.NOW);
    assertThat(tells("07")).startsWith("F0 E3");
    now(
        () -> {
          acceptor.clearFault("bin-missing:D1");
          return null;
        });
    assertThat(tells("07")).startsWith("F0 E4");
    assertThat(tells("01")).isEqualTo("F0");
    flag = false;
    tells("11");
    assertThat(tells("07")).as("it cleared the note to the box").isEqualTo("F0 F1 E2 01 E8");
  }

  @Test
  void aNoteInTheEscrowWithoutPowerGoesToTheFront() {
    opened();
    putIn("10 EUR");
    tells("07");
    now(
        () -> {
          acceptor.powerCut();
          return null;
        });
    turns();
    flag = false;
    tells("11");

    assertThat(tells("07")).isEqualTo("F0 F1 E1 02 E8");
  }

  /// Synchronised, enabled, both channels open.
  private void opened() {
    assertThat(tells("11")).isEqualTo("F0");
    assertThat(tells("07")).isEqualTo("F0 F1 E8");
    assertThat(tells("0A")).isEqualTo("F0");
    assertThat(tells("02 03 00")).isEqualTo("F0");
  }

  /// The data of the reply to a command, once all that moves has moved.
  private String tells(String command) {
    flag = !flag;
    int head = flag ? 0x80 : 0x00;
    now(
        () -> {
          line.arrived(SspFrames.encode(head, Buffer.buffer(HEX.parseHex(command))));
          return null;
        });
    turns();
    return look(
        () -> {
          List<String> replies = new ArrayList<>();
          SspFrames frames = new SspFrames(0, frame -> replies.add(hex(frame.data())));
          frames.received(said);
          return replies.getLast();
        });
  }

  private void putIn(String note) {
    now(
        () -> {
          acceptor.insert(List.of(Paper.parse(note)));
          return null;
        });
    turns();
  }

  private void take() {
    now(
        () -> {
          acceptor.take();
          return null;
        });
    turns();
  }

  private void arm(String fault, When when) {
    now(
        () -> {
          acceptor.fault(fault, when);
          return null;
        });
  }

  private int inBox() {
    return look(() -> acceptor.unit(AcceptorUnit.Role.DEPOSIT).count());
  }

  /// Mechanics that take no time are done after as many turns as they have steps.
  private void turns() {
    for (int i = 0; i < 30; i++) now(() -> null);
  }

  private <T> T look(Callable<T> at) {
    return now(at);
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
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static String hex(Buffer bytes) {
    return HEX.formatHex(bytes.getBytes());
  }

  private static List<String> vectors() throws IOException {
    try (InputStream in = SspUnitTest.class.getResourceAsStream("/protocol/ssp.vectors")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
