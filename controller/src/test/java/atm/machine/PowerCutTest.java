package atm.machine;

import static atm.machine.TestMachine.done;
import static org.assertj.core.api.Assertions.assertThat;

import atm.Keys;
import atm.ledger.Ledger;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller as a process of its own, killed with `kill -9` while notes lie at the shutter.
/// The devices live on. The next start settles the withdrawal by what the dispenser remembers.
class PowerCutTest {
  @TempDir Path folder;
  private TestMachine machine;
  private Process controller;
  private Stranger alice;

  @AfterEach
  void stop() throws Exception {
    if (alice != null) alice.close();
    if (controller != null) controller.destroyForcibly().waitFor();
    machine.close();
  }

  @Test
  void notesTakenWhileThePowerWasOutArePaidFor() throws Exception {
    withdrawsSixty(Map.of());
    kill();
    alice.takes("cash-dispenser");
    start();
    alice.sees("idle");

    assertThat(balanceAfterStop()).isEqualTo("1190.00 EUR");
  }

  @Test
  void notesStillAtTheShutterAreOfferedAgainThenRetractedAndNotCredited() throws Exception {
    withdrawsSixty(Map.of("take-cash", 2));
    kill();
    start();
    alice.sees("take-cash");
    JsonObject after =
        alice.machine(
            "retracted",
            m ->
                m.getJsonObject("cash-dispenser").getJsonObject("retract").getInteger("50 EUR")
                    == 1);
    alice.sees("idle");

    assertThat(after.getJsonObject("cash-dispenser").getJsonArray("tray")).isEmpty();
    assertThat(balanceAfterStop()).isEqualTo("1190.00 EUR");
  }

  @Test
  void aCardInsideAtTheKillIsGivenBack() throws Exception {
    machine = TestMachine.simulated(folder, Map.of());
    start();
    alice.sees("idle");
    alice.inserts("alice");
    alice.sees("pin");
    kill();
    start();
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");

    assertThat(balanceAfterStop()).isEqualTo("1250.00 EUR");
  }

  /// Nobody may be there any more to take them: they are kept, and a person counts.
  @Test
  void notesInTheEscrowAtTheKillAreKeptAndNotCredited() throws Exception {
    machine = TestMachine.simulated(folder, Map.of());
    start();
    logsIn();
    alice.chooses("deposit");
    alice.sees("insert-cash");
    alice.puts("20 EUR", "50 EUR");
    alice.sees("count-cash");
    kill();
    start();
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("idle");

    assertThat(alice.machine().getJsonObject("cash-acceptor").getJsonObject("retract").encode())
        .contains("\"20 EUR\":1", "\"50 EUR\":1");
    assertThat(balanceAfterStop()).isEqualTo("1250.00 EUR");
  }

  private void logsIn() {
    alice.sees("idle");
    alice.inserts("alice");
    alice.sees("pin");
    alice.types("1234").presses("enter");
    alice.sees("menu");
  }

  private void withdrawsSixty(Map<String, Integer> hurried) throws Exception {
    machine = TestMachine.simulated(folder, hurried);
    start();
    logsIn();
    alice.chooses("withdraw");
    alice.sees("fast-cash");
    alice.chooses("other-amount");
    alice.sees("amount");
    alice.types("60").presses("enter");
    alice.sees("confirm");
    alice.presses("enter");
    alice.sees("receipt-choice");
    alice.chooses("no");
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("take-cash");
    alice.machine(
        "paying", m -> m.getJsonObject("cash-dispenser").getJsonArray("tray").size() == 2);
  }

  private void start() throws Exception {
    controller =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    "atm.Main",
                    "run",
                    "--demo",
                    "--config",
                    machine.configuration.toString(),
                    "--data",
                    folder.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (alice != null) alice.close();
    alice = listening();
  }

  /// A stranger as soon as the page answers: what is shown before `ready` matters here.
  private Stranger listening() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
    while (true) {
      try {
        return new Stranger(machine.consolePort(), machine.simulator.port());
      } catch (RuntimeException notYet) {
        boolean dead = controller.waitFor(50, TimeUnit.MILLISECONDS);
        if (dead || System.nanoTime() > deadline) throw notYet;
      }
    }
  }

  private void kill() throws Exception {
    controller.destroyForcibly().waitFor();
  }

  private String balanceAfterStop() throws Exception {
    alice.close();
    controller.destroy();
    assertThat(controller.waitFor()).as("exit code when asked to stop").isZero();
    Keys keys = Keys.load(folder);
    try (Ledger ledger = Ledger.open(folder, keys.ledger(), Clock.systemUTC())) {
      TestMachine.agree(ledger, done(machine.simulator.call(machine.simulator::state)));
      return done(ledger.commit(books -> books.balance(TestMachine.ALICES_ACCOUNT)))
          .booked()
          .toString();
    }
  }
}
