package atm.cash;

import atm.device.CashDispenser.CashUnit;
import atm.device.CashDispenser.CashUnit.Kind;
import atm.device.CashDispenser.CashUnit.State;
import atm.ledger.BookUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The device's counts beside the book's, as of one moment. Only cassettes are compared: what a bin
/// holds was not all counted, and is for a person.
///
/// @param counted whether the device has counts of its own; the books' stand in for them where not
public record CashUnits(List<CashUnit> device, List<BookUnit> book, boolean counted) {
  public CashUnits {
    device = List.copyOf(device);
    book = List.copyOf(book);
  }

  /// Of a device that counts its notes.
  public CashUnits(List<CashUnit> device, List<BookUnit> book) {
    this(device, book, true);
  }

  /// Of a device that tells no more than which cassettes are there.
  public static CashUnits uncounted(List<CashUnit> device, List<BookUnit> book) {
    Map<String, Integer> inBook = byCassette(book);
    List<CashUnit> asBooked =
        device.stream()
            .map(
                u ->
                    new CashUnit(
                        u.id(),
                        u.kind(),
                        u.note(),
                        u.initial(),
                        inBook.getOrDefault(u.id(), 0),
                        u.state()))
            .toList();
    return new CashUnits(asBooked, book, false);
  }

  /// How many more notes have left each cassette than the books know of; below zero where there are
  /// more than they know of. Cassettes that agree, and those taken out, are left out.
  public SortedMap<String, Integer> moved() {
    Map<String, Integer> inBook = bookByCassette();
    SortedMap<String, Integer> moved = new TreeMap<>();
    cassettes()
        .forEach(
            unit -> {
              int difference = inBook.getOrDefault(unit.id(), 0) - unit.count();
              if (difference != 0) moved.put(unit.id(), difference);
            });
    return moved;
  }

  /// Whether the device counts every cassette that the books know: one that was taken out says
  /// nothing of what left it.
  public boolean seesAllCassettes() {
    if (!counted) return false;
    Set<String> seen = cassettes().stream().map(CashUnit::id).collect(Collectors.toSet());
    return seen.containsAll(bookByCassette().keySet());
  }

  /// One sentence for each cassette on which device and books do not agree.
  public List<String> disagreements() {
    Map<String, Integer> inBook = bookByCassette();
    List<String> sentences = new ArrayList<>();
    for (CashUnit unit : cassettes()) {
      Integer booked = inBook.get(unit.id());
      if (booked == null) {
        sentences.add(
            "cassette "
                + unit.id()
                + ": the device counts "
                + unit.count()
                + ", the books know it not");
      } else if (booked != unit.count()) {
        sentences.add(
            "cassette "
                + unit.id()
                + ": the device counts "
                + unit.count()
                + ", the books "
                + booked);
      }
    }
    return sentences;
  }

  /// What is left to pay with, in cassettes that work.
  public Mixer mixer(int maxNotes) {
    return new Mixer(
        cassettes().stream()
            .filter(unit -> unit.state() == State.OK || unit.state() == State.LOW)
            .map(unit -> new Mixer.Supply(unit.id(), unit.note().orElseThrow(), unit.count()))
            .toList(),
        maxNotes);
  }

  /// One sentence for each cassette that wants filling: the device says so, or less than a tenth of
  /// what was put in is left.
  public List<String> low() {
    return cassettes().stream()
        .filter(unit -> unit.state() != State.OK || unit.count() < unit.initial() / 10)
        .map(
            unit ->
                "cassette "
                    + unit.id()
                    + " has "
                    + unit.count()
                    + " of "
                    + unit.initial()
                    + " notes")
        .toList();
  }

  private List<CashUnit> cassettes() {
    return device.stream()
        .filter(unit -> unit.kind() == Kind.CASSETTE && unit.state() != State.MISSING)
        .toList();
  }

  private Map<String, Integer> bookByCassette() {
    return byCassette(book);
  }

  private static Map<String, Integer> byCassette(List<BookUnit> book) {
    return book.stream()
        .filter(BookUnit::isCassette)
        .collect(Collectors.toMap(BookUnit::id, BookUnit::count));
  }
}
