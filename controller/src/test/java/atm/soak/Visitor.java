package atm.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import atm.screen.ScreenModel;
import atm.screen.ScreenModel.Entry;
import atm.screen.ScreenModel.Option;
import atm.screen.ScreenModel.Severity;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import sim.Customer;
import sim.mechanics.Key;
import sim.mechanics.Paper;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;

/// One person before the machine, who reads the screen and does what it says, or what people do
/// instead. Comes, and is gone when the machine waits for the next one or serves nobody.
final class Visitor {
  /// A visit has fewer screens, or it goes round in a circle: then the person leaves.
  private static final int SCREENS_MAX = 120;

  /// Whatever the machine waits for, its own times are over by then.
  private static final Duration HANGS_AFTER = Duration.ofMinutes(12);

  /// So often, some seconds apart, people look whether the machine is back.
  private static final int LOOKS_OUT_OF_SERVICE = 10;

  private static final String WRONG_PIN = "0007";

  private static final int GLANCE_MS = 5;

  private static final List<String> PAPERS =
      List.of(
          "5 EUR",
          "10 EUR",
          "20 EUR",
          "20 EUR",
          "50 EUR",
          "50 EUR",
          "100 EUR",
          "20 EUR torn",
          "50 EUR counterfeit",
          "foreign",
          "200 EUR");

  private final Rig rig;
  private final Plan plan;
  private final Pins pins;
  private final RandomGenerator dice;
  private final Customer customer;
  private final List<Plan.Wish> wishes;
  private final Mishaps mishaps;
  private final List<Transfer> transfers = new ArrayList<>();
  private volatile boolean begun;
  private boolean gone;
  private int screens;
  private int wrongPins;
  /// A PIN to log in, of which the machine has not said yet whether it is right.
  private boolean typed;

  private boolean wrongPinTyped;
  private int newPinStep;
  private int outOfService;
  /// Whether a hand did something since the last screen; what the machine does by itself counts.
  private boolean acted;
  private String newPin = "";
  private String payee = "";
  /// In minor units.
  private long amount;

  /// A transfer that was confirmed at the screen: made, or not made, and nothing between.
  record Transfer(String to, long minor) {}

  Visitor(Rig rig, Plan plan, Pins pins) {
    this.rig = rig;
    this.plan = plan;
    this.mishaps = new Mishaps(rig, plan);
    this.pins = pins;
    this.dice = new SplittableRandom(plan.seed() * 31 + 17);
    this.customer = rig.customers().get(plan.customer());
    this.wishes = new ArrayList<>(plan.wishes());
    if (plan.kind() == Plan.Kind.WRONG_PIN) wrongPins = 1 + dice.nextInt(20) / 8;
  }

  Mishaps mishaps() {
    return mishaps;
  }

  Customer customer() {
    return customer;
  }

  List<Transfer> transfers() {
    return transfers;
  }

  void visits() throws Exception {
    stays();
    // Nobody has said whether it was right; where it was, the books count from none again.
    if (typed && !wrongPinTyped) pins.wasRight(customer);
  }

  private void stays() throws Exception {
    Power power = rig.power();
    mishaps.begin();
    rig.looks(0);
    long handled = -1;
    while (true) {
      if (power.isOut()) mishaps.comesBack();
      ScreenModel now = rig.screen().orElse(null);
      if (now == null || now.seq() == handled) {
        if (!(acted ? rig.answers() : rig.looks(0))) waitsForMore(now);
        if (power.isGoing()) continue;
        now = rig.screen().orElseThrow();
        if (outOfService >= LOOKS_OUT_OF_SERVICE) return;
        if (now.seq() == handled) continue;
      }
      handled = now.seq();
      acted = false;
      mishaps.at(now.screen());
      if (++screens > SCREENS_MAX) gone = true;
      if (begun && isOver(now)) return;
      if (!gone) answers(now);
    }
  }

  private void waitsForMore(ScreenModel now) throws Exception {
    String on = now == null ? "nothing" : now.screen();
    for (Rig.Patience patience = rig.new Patience(HANGS_AFTER); !patience.isOver(); ) {
      // Stops at once where power goes: the wire is dead from then on.
      if (rig.power().isGoing() || patience.waits()) return;
      if (on.equals("out-of-service") && ++outOfService >= LOOKS_OUT_OF_SERVICE) return;
    }
    throw new SoakFault("the machine hangs on " + on);
  }

  /// Nobody's visit any more.
  private boolean isOver(ScreenModel now) {
    return now.screen().equals("idle");
  }

  // What is done at each screen.

  private void answers(ScreenModel now) throws Exception {
    if (plan.kind() == Plan.Kind.WALKS_AWAY && begun && dice.nextInt(8) == 0) {
      rig.note("walks away");
      gone = true;
      return;
    }
    if (plan.kind() == Plan.Kind.IMPATIENT && begun && dice.nextInt(6) == 0) {
      press(Plan.oneOf(dice, List.of("cancel", "enter", "clear", "A", "D", "5")));
    }
    if (plan.kind() == Plan.Kind.CURIOUS && begun && dice.nextInt(5) == 0) {
      if (chooseAny(now)) return;
    }
    switch (now.screen()) {
      case "idle" -> begins(now);
      case "login" -> types(now, customer.account());
      case "pin" -> typesPin(now);
      case "menu" -> choosesWish(now);
      case "fast-cash" -> {
        if (dice.nextInt(5) == 0) chooseAny(now);
        else chooseAmount(now);
      }
      case "account", "language" -> chooseAny(now);
      case "amount" -> typesAmount(now);
      case "payee" -> namesPayee(now);
      case "confirm" -> confirms(now);
      case "receipt-choice" -> choose(now, dice.nextBoolean() ? "yes" : "no");
      case "take-card" -> takesCard();
      case "take-cash" -> takesCash();
      case "insert-cash" -> insertsCash();
      case "count-cash" -> countsCash(now);
      case "take-receipt" -> {
        if (dice.nextInt(4) > 0) takes("the receipt", rig.device(SimReceiptPrinter.class)::take);
      }
      case "more-time" -> {
        if (plan.kind() == Plan.Kind.SLOW) choose(now, dice.nextInt(3) > 0 ? "yes" : "cancel");
      }
      case "message" -> {
        if (typed && tellsOfTries(now)) {
          pins.wasWrong(customer);
          typed = false;
        }
        if (dice.nextInt(3) > 0) chooseAny(now);
      }
      case "balance", "statement" -> chooseAny(now);
      // The machine is at work, and will show what comes of it.
      case "processing", "reading-card", "starting" -> acted = true;
      default -> {}
    }
  }

  private void begins(ScreenModel now) throws Exception {
    if (plan.withoutCard() && !customer.account().isEmpty() && choose(now, "without-card")) {
      begun = true;
      return;
    }
    takes(
        "insert " + customer.id(),
        () -> {
          rig.device(SimCardReader.class).insert(customer.card());
          begun = true;
        });
  }

  private void choosesWish(ScreenModel now) throws Exception {
    if (typed) pins.wasRight(customer);
    typed = false;
    while (!wishes.isEmpty()) {
      Plan.Wish wish = wishes.removeFirst();
      if (wish == Plan.Wish.CHANGE_PIN) newPinStep = 0;
      String id = wish.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      if (choose(now, id)) return;
    }
    if (!choose(now, "cancel")) choose(now, "back");
  }

  private void typesPin(ScreenModel now) throws Exception {
    if (!(now.entry().orElse(null) instanceof Entry.Pin(int count)) || count > 0) return;
    boolean changing = now.options().stream().anyMatch(o -> o.id().equals("back"));
    if (dice.nextInt(40) == 0) {
      press("cancel");
      return;
    }
    if (now.severity() == Severity.WARNING && typed) pins.wasWrong(customer);
    typed = false;
    String pin;
    if (!changing) {
      boolean wrong = wrongPins-- > 0;
      pin = wrong ? WRONG_PIN : pins.of(customer, now.severity() == Severity.WARNING);
    } else {
      if (now.severity() == Severity.WARNING) newPinStep = 1;
      pin =
          switch (newPinStep++) {
            case 0 -> pins.of(customer, false);
            case 1 -> newPin = "" + (1000 + dice.nextInt(9000));
            default -> {
              pins.mayBe(customer, newPin);
              yield newPin;
            }
          };
    }
    boolean whole = true;
    for (char digit : pin.toCharArray()) whole &= press("" + digit);
    whole &= press("enter");
    // At the change of a PIN a warning may be about the new one.
    typed = whole && !changing;
    wrongPinTyped = pin.equals(WRONG_PIN);
  }

  /// Other messages that come after a PIN tell of a device or of the bank.
  private static boolean tellsOfTries(ScreenModel now) throws IOException {
    Properties texts = new Properties();
    String file = "/text/" + now.lang() + ".properties";
    try (Reader in = new InputStreamReader(Visitor.class.getResourceAsStream(file), UTF_8)) {
      texts.load(in);
    }
    String said = String.join("\n", now.body());
    return said.equals(texts.getProperty("message.card-kept-tries.body"))
        || said.equals(texts.getProperty("message.login-locked.body"));
  }

  private void typesAmount(ScreenModel now) throws Exception {
    if (now.entry().isEmpty()) {
      chooseAny(now);
    } else if (now.entry().get() instanceof Entry.Amount(String text)
        && text.chars().noneMatch(c -> c >= '1' && c <= '9')) {
      // Mostly what notes can make.
      int typed = dice.nextInt(6) == 0 ? 1 + dice.nextInt(700) : 10 + 10 * dice.nextInt(40);
      amount = 100L * typed;
      for (char digit : ("" + typed).toCharArray()) press("" + digit);
      press("enter");
    }
  }

  private void namesPayee(ScreenModel now) throws Exception {
    if (now.entry().isEmpty()) {
      choose(now, dice.nextInt(8) > 0 ? "yes" : "back");
      return;
    }
    List<Customer> all = rig.customers().stream().filter(c -> !c.account().isEmpty()).toList();
    String to = Plan.oneOf(dice, all).account();
    if (types(now, to)) payee = to;
  }

  /// Whether it was typed now.
  private boolean types(ScreenModel now, String digits) throws Exception {
    if (!(now.entry().orElse(null) instanceof Entry.Account(String text)) || !text.isBlank()) {
      // Wrong, or being typed: a second try begins anew.
      if (now.severity() == Severity.WARNING) press(dice.nextBoolean() ? "clear" : "cancel");
      return false;
    }
    for (char digit : digits.toCharArray()) press("" + digit);
    press("enter");
    return true;
  }

  private void confirms(ScreenModel now) throws Exception {
    int way = dice.nextInt(20);
    if (way == 0) {
      choose(now, "back");
    } else if (way == 1) {
      choose(now, "cancel");
    } else {
      if (!payee.isEmpty()) transfers.add(new Transfer(payee, amount));
      press("enter");
    }
  }

  private void takesCard() throws Exception {
    boolean forgets = plan.kind() == Plan.Kind.FORGETS_CARD && dice.nextInt(3) > 0;
    if (!forgets) takes("the card", rig.device(SimCardReader.class)::take);
  }

  private void takesCash() throws Exception {
    if (plan.kind() == Plan.Kind.FORGETS_CASH && dice.nextInt(3) > 0) return;
    SimCashDispenser dispenser = rig.device(SimCashDispenser.class);
    SimCashAcceptor acceptor = rig.device(SimCashAcceptor.class);
    takes(
        "the notes",
        () -> {
          if (dispenser.tray().isEmpty()) acceptor.take();
          else dispenser.take();
        });
  }

  private void insertsCash() throws Exception {
    if (dice.nextInt(8) == 0) {
      press("cancel");
      return;
    }
    List<Paper> bunch = new ArrayList<>();
    for (int n = 1 + dice.nextInt(8); n > 0; n--) {
      bunch.add(Paper.parse(PAPERS.get(Math.min(dice.nextInt(14), PAPERS.size() - 1))));
    }
    takes("inserts " + bunch, () -> rig.device(SimCashAcceptor.class).insert(bunch));
  }

  private void countsCash(ScreenModel now) throws Exception {
    int way = dice.nextInt(10);
    if (way < 2) choose(now, "give-back");
    else if (way > 3 || !choose(now, "more-notes")) choose(now, "confirm");
  }

  /// A hand that is there before the motor is tries again, until another screen is shown.
  private void takes(String what, Rig.Act act) throws Exception {
    for (int tries = 0; tries < 100 && !rig.power().isGoing(); tries++) {
      boolean done = rig.hand(what, act);
      acted |= done;
      if (done || rig.looks(1)) return;
    }
  }

  private boolean chooseAny(ScreenModel now) throws Exception {
    List<Option> enabled = now.options().stream().filter(Option::enabled).toList();
    if (enabled.isEmpty()) return false;
    Option option = Plan.oneOf(dice, enabled);
    // What leads round and round is chosen less often.
    if (option.id().equals("cancel")) option = Plan.oneOf(dice, enabled);
    if (now.screen().equals("confirm") && !option.id().matches("back|cancel")) {
      confirms(now);
    } else {
      if (option.id().startsWith("amount-")) amount = minor(option.id().substring(7));
      press("" + option.fdk());
    }
    return true;
  }

  private boolean chooseAmount(ScreenModel now) throws Exception {
    List<Option> amounts =
        now.options().stream().filter(o -> o.enabled() && o.id().startsWith("amount-")).toList();
    if (amounts.isEmpty()) return chooseAny(now);
    return choose(now, Plan.oneOf(dice, amounts).id());
  }

  private static long minor(String decimal) {
    return new BigDecimal(decimal).movePointRight(2).longValueExact();
  }

  private boolean choose(ScreenModel now, String id) throws Exception {
    Optional<Option> option =
        now.options().stream().filter(o -> o.id().equals(id) && o.enabled()).findFirst();
    if (option.isPresent()) press("" + option.get().fdk());
    return option.isPresent();
  }

  private boolean press(String key) throws Exception {
    // A keystroke by a confirmed transfer has been recorded by then; PINs are not noted.
    boolean pressed = rig.hand("key", () -> rig.device(SimPinPad.class).press(Key.of(key)));
    acted |= pressed;
    return pressed;
  }
}
