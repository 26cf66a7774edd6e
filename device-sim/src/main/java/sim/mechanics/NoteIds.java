package sim.mechanics;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A set of note ids, kept as ranges: thousands of notes in a cassette cost one entry. Written as
/// `1-250,300`.
final class NoteIds {
  private final TreeMap<Integer, Integer> lastByFirst = new TreeMap<>();
  private int size;

  static NoteIds parse(String text) {
    NoteIds ids = new NoteIds();
    for (String range : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] ends = range.split("-");
      int first = Integer.parseInt(ends[0]);
      ids.add(first, ends.length == 1 ? first : Integer.parseInt(ends[1]));
    }
    return ids;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean contains(int id) {
    Map.Entry<Integer, Integer> range = lastByFirst.floorEntry(id);
    return range != null && range.getValue() >= id;
  }

  void add(int id) {
    add(id, id);
  }

  /// Adds all of a range, none of which may be in the set.
  void add(int first, int last) {
    Map.Entry<Integer, Integer> before = lastByFirst.floorEntry(last);
    if (first > last || before != null && before.getValue() >= first) {
      throw new IllegalStateException("notes " + first + "-" + last + " are here already");
    }
    size += last - first + 1;
    if (before != null && before.getValue() == first - 1) {
      first = before.getKey();
    }
    Integer after = lastByFirst.remove(last + 1);
    lastByFirst.put(first, after == null ? last : after);
  }

  int removeFirst() {
    Map.Entry<Integer, Integer> range = lastByFirst.pollFirstEntry();
    if (range == null) {
      throw new NoSuchElementException("no note left");
    }
    if (range.getKey() < range.getValue()) {
      lastByFirst.put(range.getKey() + 1, range.getValue());
    }
    size--;
    return range.getKey();
  }

  /// How many ids lie in a range.
  int count(int first, int last) {
    return lastByFirst.entrySet().stream()
        .mapToInt(r -> Math.min(last, r.getValue()) - Math.max(first, r.getKey()) + 1)
        .filter(n -> n > 0)
        .sum();
  }

  IntStream stream() {
    return lastByFirst.entrySet().stream()
        .flatMapToInt(range -> IntStream.rangeClosed(range.getKey(), range.getValue()));
  }

  void clear() {
    lastByFirst.clear();
    size = 0;
  }

  @Override
  public String toString() {
    return lastByFirst.entrySet().stream()
        .map(
            r ->
                r.getKey().equals(r.getValue()) ? "" + r.getKey() : r.getKey() + "-" + r.getValue())
        .collect(Collectors.joining(","));
  }
}
