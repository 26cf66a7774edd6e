package atm;

import atm.config.Config;
import atm.driver.CrashingDrivers;
import atm.driver.Drivers;
import atm.host.embedded.PinVerifier;
import atm.ledger.Books;
import atm.ledger.CrashingBooks;
import atm.ledger.Ledger;
import atm.ledger.Operator;
import atm.screen.Texts;
import atm.value.AccountNumber;
import atm.value.Money;
import atm.value.Stan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A controller in a process of its own, the whole of `Atm`, that halts at one named point. Reads
/// orders from its standard input, a line of JSON each, and answers each with a line. One process
/// serves many machines, one after the other, until one of them reaches its point.
public final class CrashingAtm {
  /// What the process ends with at its point.
  public static final int CRASHED = 77;

  private Vertx vertx;
  private Atm atm;
  private Ledger ledger;

  private CrashingAtm() {}

  static void main() throws Exception {
    CrashingAtm machine = new CrashingAtm();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = orders.readLine()) != null; ) {
      JsonObject answer;
      try {
        answer = machine.answer(new JsonObject(line));
      } catch (Exception failed) {
        failed.printStackTrace();
        answer = new JsonObject().put("failed", failed.toString());
      }
      System.out.println("answer " + answer.encode());
      System.out.flush();
    }
    System.exit(0);
  }

  private JsonObject answer(JsonObject order) throws Exception {
    return switch (order.getString("do")) {
      case "start" -> start(order);
      case "books" -> books(order.getJsonArray("accounts"));
      case "operate" -> operate(order);
      case "stop" -> stop();
      case "open-books" -> openBooks(order);
      case "close-books" -> closeBooks();
      default -> throw new IllegalArgumentException(order.encode());
    };
  }

  private JsonObject start(JsonObject order) throws Exception {
    Path folder = Path.of(order.getString("folder"));
    String point = order.getString("point");
    String moment = order.getString("moment");
    Drivers drivers =
        CrashingDrivers.haltingAfter(moment.equals("DONE") ? point : "", CrashingAtm::crash);
    Config config = Config.read(folder.resolve("devices.yaml"), drivers::mistakes, Texts::has);
    Keys keys = Keys.load(folder);
    ledger = books(folder, keys, point, moment);
    vertx = Vertx.vertx();
    Atm.Setup setup = new Atm.Setup(config, folder, 0, order.getBoolean("demo"));
    PinVerifier verifier = new PinVerifier(keys.host().pinPepper());
    atm = Atm.start(vertx, drivers, setup, Clock.systemUTC(), keys, verifier, ledger);
    return new JsonObject().put("port", atm.port());
  }

  private static Ledger books(Path folder, Keys keys, String point, String moment) {
    boolean synced = moment.equals("SYNCED");
    String step = synced || moment.equals("UNSYNCED") ? point : "";
    return CrashingBooks.open(
        folder, keys.ledger(), Clock.systemUTC(), step, synced, CrashingAtm::crash);
  }

  /// The books alone, for a person who counts while the machine stands still.
  private JsonObject openBooks(JsonObject order) {
    Path folder = Path.of(order.getString("folder"));
    ledger = books(folder, Keys.load(folder), order.getString("point"), order.getString("moment"));
    return new JsonObject();
  }

  private JsonObject closeBooks() {
    ledger.close();
    return new JsonObject();
  }

  /// Not heard by anybody: what was said before is all that is known of this process.
  private static void crash(String why) {
    System.err.println("crash: " + why);
    Runtime.getRuntime().halt(CRASHED);
  }

  /// What the books say of themselves.
  private JsonObject books(JsonArray accounts) throws Exception {
    JsonObject all = new JsonObject();
    all.put("wrong", new JsonArray(done(ledger.invariants())));
    all.put("open", strings(ledger.journal().open()));
    all.put("suspects", strings(ledger.journal().suspects()));
    all.put("openDeposits", strings(ledger.journal().openDeposits()));
    all.put("suspectDeposits", strings(ledger.journal().suspectDeposits()));
    JsonObject notes = new JsonObject();
    done(ledger.commit(Books::noteAccounts)).forEach(a -> notes.put(a.name(), a.count()));
    all.put("notes", notes);
    all.put("totals", new JsonObject(Map.copyOf(done(ledger.commit(Books::totals)))));
    JsonArray events = new JsonArray();
    done(ledger.commit(books -> books.eventsAfter(0, 10_000)))
        .forEach(
            e ->
                events.add(
                    e.stan().map(Stan::toString).orElse("")
                        + " "
                        + e.kind()
                        + " "
                        + new TreeMap<>(e.details())));
    all.put("events", events);
    JsonObject balances = new JsonObject();
    for (Object each : accounts) {
      AccountNumber account = new AccountNumber((String) each);
      Books.Balance balance = done(ledger.commit(books -> books.balance(account)));
      Money uncleared = done(ledger.commit(books -> books.uncleared(account)));
      balances.put(
          account.digits(),
          new JsonObject()
              .put("booked", balance.booked().minor())
              .put("available", balance.available().minor())
              .put("uncleared", uncleared.minor()));
    }
    all.put("balances", balances);
    JsonArray waiting = new JsonArray();
    done(ledger.operator().waiting())
        .forEach(
            w ->
                waiting.add(
                    new JsonObject()
                        .put("stan", w.stan().number())
                        .put("why", w.why().name())
                        .put("amount", w.amount().minor())));
    return all.put("waiting", waiting);
  }

  private static JsonArray strings(Iterable<?> of) {
    JsonArray strings = new JsonArray();
    of.forEach(each -> strings.add(each.toString()));
    return strings;
  }

  private JsonObject operate(JsonObject order) throws Exception {
    Operator operator = ledger.operator();
    Stan stan = new Stan(order.getLong("stan", 1L));
    Map<Money, Integer> found = notes(order.getJsonObject("found", new JsonObject()));
    String by = "paula";
    done(
        switch (order.getString("act")) {
          case "settle-withdrawal" ->
              operator.settleWithdrawal(stan, notes(order.getJsonObject("paid")), found, by);
          case "settle-deposit" -> operator.settleDeposit(stan, found, by);
          case "settle-suspense" -> operator.settleSuspense(stan, worth(found), by);
          case "clear-stuck-notes" -> operator.clearStuckNotes(stan, found, by);
          case "count-envelope" ->
              operator.countEnvelope(stan, Money.parse(order.getString("counted")), by);
          case "empty-bin" ->
              operator.emptyBin(Operator.Bin.valueOf(order.getString("bin")), found, by);
          case "exchange-cassette" ->
              operator.exchangeCassette(
                  order.getString("cassette"),
                  Money.parse(order.getString("note")),
                  order.getInteger("removed"),
                  order.getInteger("loaded"),
                  by);
          default -> throw new IllegalArgumentException(order.encode());
        });
    return new JsonObject();
  }

  private static Map<Money, Integer> notes(JsonObject counts) {
    Map<Money, Integer> notes = new TreeMap<>();
    counts.forEach(each -> notes.put(Money.parse(each.getKey()), (Integer) each.getValue()));
    return notes;
  }

  private static Money worth(Map<Money, Integer> notes) {
    Money sum = Money.parse("0 EUR");
    for (var each : notes.entrySet()) sum = sum.plus(each.getKey().times(each.getValue()));
    return sum;
  }

  private JsonObject stop() throws Exception {
    atm.stop();
    done(vertx.close());
    return new JsonObject();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
