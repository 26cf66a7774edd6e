package atm.screen;

import static atm.screen.Choice.Act.AIDS;
import static atm.screen.Choice.Act.BACK;
import static atm.screen.Choice.Act.BALANCE;
import static atm.screen.Choice.Act.CHANGE_PIN;
import static atm.screen.Choice.Act.DEPOSIT;
import static atm.screen.Choice.Act.LANGUAGE;
import static atm.screen.Choice.Act.PRINT;
import static atm.screen.Choice.Act.STATEMENT;
import static atm.screen.Choice.Act.TRANSFER;
import static atm.screen.Choice.Act.WITHDRAW;
import static atm.screen.Choice.Act.WITHOUT_CARD;

import atm.screen.AccountScreen.StatementLine;
import atm.screen.Choice.Act;
import atm.screen.Screen.MoreTime.Otherwise;
import atm.screen.Screen.Notes;
import atm.screen.Screen.Processing;
import atm.value.AccountKind;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Every screen in every language, with fixed facts: to be looked at, and to be tested.
public final class Gallery {
  private static final Stan STAN = new Stan(1043);
  private static final AccountNumber ALICE = new AccountNumber("1000000008");
  private static final AccountNumber BERND = new AccountNumber("1000000016");

  private final Texts texts;

  public Gallery(Texts texts) {
    this.texts = texts;
  }

  /// Of a machine's languages, and of the two that stand for longer words and for another
  /// direction.
  public static Gallery of(List<String> tags) {
    return new Gallery(
        Texts.load(Stream.concat(tags.stream(), Pseudo.TAGS.stream()).distinct().toList()));
  }

  /// The names of all screens there are, each once.
  public static List<String> names() {
    return new Gallery(Texts.load(List.of("en")))
        .screens("en").stream().map(Screen::name).distinct().toList();
  }

  /// All models, one language after the other; `seq` counts them.
  public List<ScreenModel> all() {
    List<ScreenModel> models = new ArrayList<>();
    for (String tag : texts.tags()) {
      for (Screen screen : screens(tag)) {
        models.add(
            texts.model(screen, tag, Aids.NONE, "gallery", models.size() + 1, remainingMs(screen)));
      }
    }
    return models;
  }

  private static long remainingMs(Screen screen) {
    return switch (screen) {
      case Screen.TakeCard(_, _, int seconds) -> seconds * 1000L;
      case WithdrawalScreen.TakeCash(_, int seconds) -> seconds * 1000L;
      case DepositScreen.TakeBack(_, int seconds) -> seconds * 1000L;
      case Screen.MoreTime(_, int seconds) -> seconds * 1000L;
      default -> 0;
    };
  }

  List<Screen> screens(String tag) {
    List<Screen> screens = new ArrayList<>();
    visits(screens);
    logins(screens, texts.realTags().filter(other -> !other.equals(tag)).toList());
    withdrawals(screens);
    deposits(screens);
    transfers(screens);
    accounts(screens);
    Arrays.stream(Notice.values()).map(Screen.Message::new).forEach(screens::add);
    screens.add(because(Notice.CASH_UNCLEAR));
    screens.add(new Screen.Goodbye());
    return screens;
  }

  private void visits(List<Screen> screens) {
    screens.add(new Screen.Starting());
    screens.add(new Screen.ReadingCard());
    screens.add(new Screen.OutOfService());
    screens.add(new Screen.Idle(true, true, false, List.of(WITHOUT_CARD, LANGUAGE, AIDS)));
    screens.add(new Screen.Idle(true, true, true, List.of(WITHOUT_CARD, LANGUAGE, AIDS)));
    screens.add(new Screen.Idle(false, false, false, List.of(LANGUAGE, AIDS)));
    screens.add(
        new Screen.Language(texts.tags().stream().limit(Screen.Language.TAGS_MAX).toList()));
    screens.add(new Screen.Reading(Aids.NONE));
    screens.add(new Screen.Reading(new Aids(true, true, true, true)));
    screens.add(new Screen.Menu("Alice Martin", services(true, true), false));
    screens.add(new Screen.Menu("Maximiliane von Hohenstein", services(false, false), false));
    screens.add(new Screen.Menu("Alice Martin", services(true, false), false));
    screens.add(new Screen.Menu("Alice Martin", services(true, true), true));
    screens.add(new Screen.ReceiptChoice(Optional.empty()));
    screens.add(new Screen.ReceiptChoice(Optional.of("English")));
    for (Processing.Work work : Processing.Work.values()) screens.add(new Processing(work));
    screens.add(new Screen.TakeCard(false, Optional.empty(), 20));
    screens.add(new Screen.TakeCard(true, Optional.empty(), 20));
    screens.add(new Screen.TakeCard(false, Optional.of(because(Notice.CANCELED)), 20));
    screens.add(new Screen.TakeCard(false, Optional.of(because(Notice.CASH_UNCLEAR)), 20));
    screens.add(new Screen.TakeReceipt());
    for (Otherwise otherwise : Otherwise.values()) screens.add(new Screen.MoreTime(otherwise, 20));
  }

  private static Map<Act, Boolean> services(boolean cash, boolean deposits) {
    return Map.of(
        WITHDRAW, cash,
        DEPOSIT, deposits,
        TRANSFER, true,
        BALANCE, true,
        CHANGE_PIN, true,
        LANGUAGE, true,
        AIDS, true);
  }

  private static void logins(List<Screen> screens, List<String> others) {
    screens.add(new LoginScreen.Login("", false, false));
    screens.add(new LoginScreen.Login("1000000008", true, false));
    screens.add(new LoginScreen.Login("", false, true));
    screens.add(new LoginScreen.Pin(0, Optional.empty(), others, true));
    screens.add(new LoginScreen.Pin(3, Optional.empty(), others, true));
    screens.add(new LoginScreen.Pin(0, Optional.of(2), others, true));
    screens.add(new LoginScreen.Pin(12, Optional.of(1), others, true));
    for (LoginScreen.NewPin.Ask ask : LoginScreen.NewPin.Ask.values()) {
      screens.add(new LoginScreen.NewPin(0, ask));
    }
  }

  private static void withdrawals(List<Screen> screens) {
    screens.add(new WithdrawalScreen.FastCash(fastCash()));
    screens.add(new WithdrawalScreen.Amount(Optional.empty(), kinds()));
    screens.add(new WithdrawalScreen.Amount(Optional.of(euros(12345)), kinds()));
    screens.add(new WithdrawalScreen.Amount(Optional.of(euros(0)), kinds()));
    screens.add(new WithdrawalScreen.TooMuch(euros(2000)));
    screens.add(
        new WithdrawalScreen.NotPayable(euros(65), Optional.of(euros(60)), Optional.of(euros(70))));
    screens.add(
        new WithdrawalScreen.NotPayable(euros(5), Optional.empty(), Optional.of(euros(10))));
    for (WithdrawalScreen.Declined.Why why : WithdrawalScreen.Declined.Why.values()) {
      screens.add(new WithdrawalScreen.Declined(why, Optional.of(euros(90))));
      screens.add(new WithdrawalScreen.Declined(why, Optional.empty()));
    }
    screens.add(new WithdrawalScreen.Confirm(euros(60), notes()));
    screens.add(new WithdrawalScreen.TakeCash(euros(60), 30));
    screens.add(new WithdrawalScreen.CashOut(euros(60)));
  }

  private static void deposits(List<Screen> screens) {
    screens.add(new DepositScreen.InsertCash(kinds(), 200, false));
    screens.add(new DepositScreen.InsertCash(kinds(), 150, true));
    screens.add(new DepositScreen.CountCash(notes().byNote(), 0, 0, true));
    screens.add(new DepositScreen.CountCash(manyNotes(), 2, 1, true));
    screens.add(new DepositScreen.CountCash(manyNotes(), 0, 0, false));
    for (DepositScreen.TakeBack.Why why : DepositScreen.TakeBack.Why.values()) {
      screens.add(new DepositScreen.TakeBack(why, 30));
    }
    screens.add(new DepositScreen.Deposited(euros(60), STAN, 0));
    screens.add(new DepositScreen.Deposited(euros(60), STAN, 1));
    screens.add(new DepositScreen.EnvelopeAmount(Optional.empty()));
    screens.add(new DepositScreen.EnvelopeAmount(Optional.of(euros(250))));
    screens.add(new DepositScreen.EnvelopeAmount(Optional.of(euros(0))));
    screens.add(new DepositScreen.EnvelopeDeclined(euros(3000)));
    screens.add(new DepositScreen.ConfirmEnvelope(euros(250)));
    screens.add(new DepositScreen.InsertEnvelope(STAN));
    screens.add(new DepositScreen.EnvelopeDeposited(euros(250), STAN));
  }

  private static void transfers(List<Screen> screens) {
    screens.add(new TransferScreen.Payee("", false, Optional.empty()));
    screens.add(new TransferScreen.Payee("100000", false, Optional.empty()));
    for (TransferScreen.Payee.Wrong wrong : TransferScreen.Payee.Wrong.values()) {
      screens.add(new TransferScreen.Payee("", false, Optional.of(wrong)));
    }
    screens.add(new TransferScreen.PayeeConfirm("B. V…", BERND));
    screens.add(new TransferScreen.TransferAmount(Optional.empty(), euros(1250)));
    screens.add(new TransferScreen.TransferAmount(Optional.of(euros(40)), euros(1250)));
    screens.add(new TransferScreen.TransferAmount(Optional.of(euros(0)), euros(1250)));
    for (TransferScreen.TransferDeclined.Why why : TransferScreen.TransferDeclined.Why.values()) {
      screens.add(new TransferScreen.TransferDeclined(why, Optional.of(euros(90))));
      screens.add(new TransferScreen.TransferDeclined(why, Optional.empty()));
    }
    screens.add(new TransferScreen.ConfirmTransfer(euros(40), ALICE, "B. V…", BERND));
    screens.add(new TransferScreen.Transferred(euros(40), "B. V…", STAN));
  }

  private static void accounts(List<Screen> screens) {
    List<Choice.Account> own =
        List.of(
            new Choice.Account(ALICE, AccountKind.CURRENT),
            new Choice.Account(BERND, AccountKind.SAVINGS));
    for (AccountScreen.AccountChoice.Purpose purpose :
        AccountScreen.AccountChoice.Purpose.values()) {
      screens.add(new AccountScreen.AccountChoice(purpose, own));
    }
    Money nothing = euros(0);
    screens.add(
        new AccountScreen.Balance(
            euros(1250),
            euros(1190),
            euros(500),
            nothing,
            List.of(STATEMENT, PRINT, WITHDRAW, BACK),
            false));
    screens.add(
        new AccountScreen.Balance(
            millions(), millions(), euros(500), euros(250), List.of(STATEMENT, BACK), true));
    screens.add(new AccountScreen.Statement(entries().subList(0, 4), 1, 2, true, false));
    screens.add(new AccountScreen.Statement(entries().subList(4, 8), 2, 2, false, true));
    screens.add(new AccountScreen.Statement(List.of(), 1, 1, true, false));
  }

  private static List<StatementLine> entries() {
    return List.of(
        entry(22, StatementLine.Kind.WITHDRAWAL, 60, false, Optional.empty(), true),
        entry(21, StatementLine.Kind.TRANSFER_OUT, 40, false, Optional.of("B. V…"), false),
        entry(20, StatementLine.Kind.TRANSFER_IN, 1200, true, Optional.of("C. R…"), false),
        entry(19, StatementLine.Kind.ENVELOPE, 250, true, Optional.empty(), true),
        entry(18, StatementLine.Kind.DEPOSIT, 90, true, Optional.empty(), false),
        entry(17, StatementLine.Kind.CORRECTION, 5, false, Optional.empty(), false),
        entry(16, StatementLine.Kind.TRANSFER_OUT, 1, false, Optional.empty(), false),
        entry(1, StatementLine.Kind.OPENING, 1250, true, Optional.empty(), false));
  }

  private static StatementLine entry(
      int day,
      StatementLine.Kind kind,
      long euros,
      boolean credit,
      Optional<String> counterpart,
      boolean pending) {
    return new StatementLine(
        LocalDate.of(2026, 11, day),
        kind,
        new AccountScreen.Signed(euros(euros), credit),
        pending ? Optional.empty() : Optional.of(euros(1250)),
        counterpart);
  }

  private static Screen.Message because(Notice notice) {
    Optional<Stan> reference = notice == Notice.CASH_UNCLEAR ? Optional.of(STAN) : Optional.empty();
    return new Screen.Message(notice, reference);
  }

  private static SortedMap<Money, Boolean> fastCash() {
    SortedMap<Money, Boolean> amounts = new TreeMap<>();
    for (int amount : new int[] {20, 50, 100, 150, 200}) amounts.put(euros(amount), true);
    amounts.put(euros(300), false);
    return amounts;
  }

  private static Notes notes() {
    return new Notes(new TreeMap<>(Map.of(euros(50), 1, euros(10), 1)));
  }

  private static SortedMap<Money, Integer> manyNotes() {
    return new TreeMap<>(
        Map.of(euros(10), 12, euros(20), 7, euros(50), 140, euros(100), 3, euros(5), 1));
  }

  private static Notes kinds() {
    return Notes.kinds(List.of(euros(10), euros(20), euros(50)));
  }

  private static Money euros(long euros) {
    return Money.of(euros * 100, "EUR");
  }

  private static Money millions() {
    return Money.of(1_234_567_890L, "EUR");
  }
}
