package atm;

import static org.assertj.core.api.Assertions.assertThat;

import atm.ledger.Ledger;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `atm backup` and `atm restore` as a person at the machine uses them, with the controller running
/// and without.
@Timeout(120)
class BackupCommandsTest {
  private static final int START_CHECK = 3;

  @TempDir Path folder;
  private Path data;
  private Path file;
  private Path elsewhere;
  private String said;

  @BeforeEach
  void keys() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    file = folder.resolve("books.zip");
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Keys.ceremony(data, new PrintStream(PrintStream.nullOutputStream()));
  }

  @Test
  void aRunningControllerIsAsked() throws Exception {
    String head;
    try (Ledger ledger = books();
        Door _ = Door.open(data, ledger).orElseThrow()) {
      assertThat(rights(data.resolve("door"))).as("only the owner comes in").isEqualTo("rwx------");
      head = ledger.journal().head().shortForm();

      assertThat(atm("backup", "" + file)).as(said).isZero();
      assertThat(said)
          .contains(file + ": the books up to event " + head, "Nobody can read it without");
      assertThat(atm("backup", "" + file)).isEqualTo(START_CHECK);
      assertThat(said).contains("wanted a new file");
    }
    assertThat(data.resolve("door/backup")).doesNotExist();
    takeKeysElsewhere();
    assertThat(restore()).as(said).isZero();
    assertThat(said).contains("end at event " + head, "Count the cassettes");
  }

  @Test
  void withoutAControllerTheBooksAreOpenedForIt() throws Exception {
    books().close();

    assertThat(atm("backup", "" + file)).as(said).isZero();
    takeKeysElsewhere();
    assertThat(restore()).as(said).isZero();
  }

  /// A controller that was killed leaves its door behind, with nobody at it.
  @Test
  void aDoorLeftBehindIsNoController() throws Exception {
    try (Ledger ledger = books()) {
      Door.open(data, ledger).orElseThrow().close();
    }
    Files.createFile(data.resolve("door/backup"));

    assertThat(atm("backup", "" + file)).as(said).isZero();
    try (Ledger ledger = books();
        Door _ = Door.open(data, ledger).orElseThrow()) {
      assertThat(atm("backup", folder.resolve("second.zip").toString())).as(said).isZero();
    }
  }

  @Test
  void whatComesInAtTheDoorAndIsNoPathIsRefused() throws Exception {
    try (Ledger ledger = books();
        Door _ = Door.open(data, ledger).orElseThrow()) {
      for (String nonsense :
          List.of("", "books.zip", "\0", "/".repeat(4097), "/no/such/folder/x")) {
        assertThat(atTheDoor(nonsense)).startsWith("no ");
      }
      // It went on listening, and the books are well.
      assertThat(atm("backup", "" + file)).as(said).isZero();
    }
  }

  @Test
  void withoutBooksThereIsNothingToCopy() {
    assertThat(atm("backup", "" + file)).isEqualTo(START_CHECK);
    assertThat(said).isEqualTo("there are no books in " + data + "\n");
    assertThat(data.resolve("ledger.mv.db")).doesNotExist();
  }

  @Test
  void nothingIsRestoredWithoutKeysOrOverBooks() throws Exception {
    books().close();
    atm("backup", "" + file);

    assertThat(restore()).isEqualTo(START_CHECK);
    assertThat(said).contains("controller.keys is missing: put the keys there");
    assertThat(atm("restore", "" + file)).isEqualTo(START_CHECK);
    assertThat(said).contains("there are books in " + data + " already");
  }

  @Test
  void whatIsMissingByAReceiptIsSaid() throws Exception {
    long last;
    String lastSeal;
    try (Ledger ledger = books()) {
      last = ledger.journal().head().number();
      lastSeal = ledger.journal().head().shortForm();
    }
    atm("backup", "" + file);
    takeKeysElsewhere();

    assertThat(restore("--known", "yesterday")).isEqualTo(2);
    assertThat(said).contains("wanted a head as in 1043-9F3A2C1B");
    assertThat(restore("--known", last + "-00C0FFEE")).isEqualTo(START_CHECK);
    assertThat(said).contains("of its books is not " + last + "-00C0FFEE");
    assertThat(restore("--known", (last + 3) + "-00C0FFEE")).isZero();
    assertThat(said).contains("Events " + (last + 1) + " to " + (last + 3) + " are missing");

    Files.delete(elsewhere.resolve("ledger.mv.db"));
    Files.delete(elsewhere.resolve("journal.head"));
    assertThat(restore("--known", lastSeal)).isZero();
    assertThat(said).contains("Nothing is missing up to event " + last);
  }

  private Ledger books() throws Exception {
    Ledger ledger = Ledger.open(data, Keys.load(data).ledger(), Clock.systemUTC());
    done(ledger.journal().note("test", Map.of()));
    return ledger;
  }

  private void takeKeysElsewhere() throws IOException {
    Files.copy(data.resolve(Keys.CONTROLLER_FILE), elsewhere.resolve(Keys.CONTROLLER_FILE));
  }

  private int restore(String... more) {
    List<String> arguments = new ArrayList<>(List.of("restore", "" + file));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--data", "" + elsewhere));
    return execute(arguments);
  }

  private int atm(String command, String argument) {
    return execute(List.of(command, argument, "--data", "" + data));
  }

  private int execute(List<String> arguments) {
    StringWriter words = new StringWriter();
    CommandLine command = new CommandLine(new Main());
    command.setOut(new PrintWriter(words)).setErr(new PrintWriter(words));
    int code = command.execute(arguments.toArray(String[]::new));
    said = words.toString();
    return code;
  }

  private String atTheDoor(String words) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(data.resolve("door/backup")))) {
      channel.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void done(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
