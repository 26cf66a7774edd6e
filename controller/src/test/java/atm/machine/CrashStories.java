package atm.machine;

import atm.machine.CrashCase.Story;
import io.vertx.core.json.JsonObject;
import sim.mechanics.When;

/// What customers do in the crash matrix, until the machine stops answering. Alice has 1250 EUR.
final class CrashStories {
  static final String PIN = "1234";
  static final String NEW_PIN = "7391";

  private CrashStories() {}

  static void play(Story story, Stranger alice, CrashMachine machine) throws Exception {
    logsIn(alice, PIN);
    switch (story) {
      case PAID -> {
        asksForCash(alice);
        takesCardAndCash(alice);
      }
      case CARD_LEFT -> {
        asksForCash(alice);
        staysAway(alice);
      }
      case CASH_LEFT -> {
        asksForCash(alice);
        alice.sees("take-card");
        alice.takes("card-reader");
        staysAway(alice);
      }
      case JAMMED -> {
        machine.does(() -> machine.dispenser().fault("jam", When.atNote(2)));
        asksForCash(alice);
        staysAway(alice);
      }
      case SHUTTER_JAMMED -> {
        machine.does(() -> machine.dispenser().fault("shutter-jam", When.ONCE));
        asksForCash(alice);
        alice.sees("take-card");
        alice.takes("card-reader");
        staysAway(alice);
      }
      case DOUBLE_NOTE -> {
        machine.does(() -> machine.dispenser().fault("double", When.atNote(1)));
        asksForCash(alice);
        takesCardAndCash(alice);
      }
      case SENSOR_BROKEN -> {
        machine.does(() -> machine.dispenser().fault("exit-sensor", When.NOW));
        asksForCash(alice);
        alice.sees("take-card");
        alice.takes("card-reader");
        staysAway(alice);
      }
      case STORED -> {
        putsIn(alice, "20 EUR", "50 EUR");
        alice.presses("enter");
        staysAway(alice);
      }
      case GIVEN_BACK -> {
        putsIn(alice, "20 EUR", "50 EUR");
        alice.chooses("give-back");
        alice.takesNotesBack();
        staysAway(alice);
      }
      case LEFT_AGAIN -> {
        putsIn(alice, "20 EUR", "50 EUR");
        alice.chooses("give-back");
        staysAway(alice);
      }
      case NOTHING_PUT_IN -> {
        alice.chooses("deposit");
        alice.sees("insert-cash");
        alice.presses("cancel");
        staysAway(alice);
      }
      case COUNTERFEIT -> {
        putsIn(alice, "20 EUR", "50 EUR counterfeit");
        alice.presses("enter");
        staysAway(alice);
      }
      case STORE_JAMMED -> {
        putsIn(alice, "20 EUR", "50 EUR");
        machine.does(() -> machine.acceptor().fault("store-jam", When.atNote(2)));
        alice.presses("enter");
        staysAway(alice);
      }
      case ENVELOPE -> {
        alice.chooses("deposit");
        alice.sees("amount");
        types(alice, "80");
        alice.sees("confirm");
        alice.presses("enter");
        staysAway(alice);
      }
      case TRANSFER -> {
        alice.chooses("transfer");
        alice.sees("payee");
        alice.types("1000000016").presses("enter");
        alice.sees("the payee", m -> hasOption(m, "yes"));
        alice.presses("enter");
        alice.sees("amount");
        types(alice, "250");
        alice.sees("confirm");
        alice.presses("enter");
        staysAway(alice);
      }
      case NEW_PIN -> {
        alice.chooses("change-pin");
        for (String pin : new String[] {PIN, NEW_PIN, NEW_PIN}) {
          long before = alice.sees("pin").getLong("seq");
          alice.types(pin).presses("enter");
          alice.sees("the next step", m -> m.getLong("seq") > before && entered(m) == 0);
        }
        staysAway(alice);
      }
    }
  }

  static void logsIn(Stranger alice, String pin) {
    alice.inserts("alice");
    alice.sees("pin");
    alice.types(pin).presses("enter");
    alice.sees("menu");
  }

  /// Sixty euros, as one note of fifty and one of ten.
  private static void asksForCash(Stranger alice) {
    alice.chooses("withdraw");
    alice.sees("fast-cash");
    alice.chooses("other-amount");
    alice.sees("amount");
    types(alice, "60");
    alice.sees("confirm");
    alice.presses("enter");
    alice.sees("receipt-choice");
    alice.chooses("no");
  }

  private static void types(Stranger alice, String amount) {
    alice.types(amount);
    alice.sees(
        "the amount", m -> m.getJsonObject("entry", new JsonObject()).encode().contains(amount));
    alice.presses("enter");
  }

  private static void takesCardAndCash(Stranger alice) {
    alice.sees("take-card");
    alice.takes("card-reader");
    alice.sees("take-cash");
    alice.takes("cash-dispenser");
    staysAway(alice);
  }

  private static void putsIn(Stranger alice, String... notes) {
    alice.chooses("deposit");
    alice.sees("insert-cash");
    alice.puts(notes);
    alice.sees("count-cash");
  }

  /// Does nothing more, until the machine is gone.
  private static void staysAway(Stranger alice) {
    alice.sees("the end of the world", _ -> false);
  }

  /// The mechanics' word for an act of a driver.
  static String busy(String act) {
    return switch (act.substring(act.indexOf('.') + 1)) {
      case "dispense" -> "dispensing";
      case "present" -> "presenting";
      case "retract" -> "retracting";
      case "reject" -> "rejecting";
      case "begin" -> "beginning";
      case "insert" -> "accepting";
      case "store" -> "storing";
      case "giveBack" -> "returning";
      default -> throw new IllegalArgumentException(act);
    };
  }

  private static boolean hasOption(JsonObject model, String id) {
    return model.getJsonArray("options").stream()
        .anyMatch(option -> ((JsonObject) option).getString("id").equals(id));
  }

  private static int entered(JsonObject model) {
    return model.getJsonObject("entry", new JsonObject()).getInteger("count", 0);
  }
}
