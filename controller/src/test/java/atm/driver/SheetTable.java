package atm.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The codes of a table in a sheet, from the sheet itself: what it lists cannot be forgotten.
public final class SheetTable {
  private static final Pattern CODE = Pattern.compile("\\p{XDigit}{2}");

  private SheetTable() {}

  /// @param heading of the table's section, or the beginning of it
  /// @param columns those with codes: one, several (`20, 21`, `20 / 21`) or a range (`40..43`)
  public static Stream<Integer> codes(String sheet, String heading, int... columns) {
    List<Integer> codes =
        lines(sheet)
            .dropWhile(line -> !line.startsWith(heading))
            .skip(1)
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split("\\|"))
            .flatMap(cells -> IntStream.of(columns).mapToObj(column -> cells[column + 1].strip()))
            .flatMap(SheetTable::codes)
            .toList();
    if (codes.isEmpty()) throw new AssertionError(sheet + " has no codes under " + heading);
    return codes.stream();
  }

  private static Stream<Integer> codes(String cell) {
    List<Integer> codes =
        CODE.matcher(cell).results().map(found -> Integer.parseInt(found.group(), 16)).toList();
    if (!cell.matches("\\p{XDigit}{2}((, | / |\\.\\.)\\p{XDigit}{2})*")) return Stream.empty();
    return cell.contains("..")
        ? IntStream.rangeClosed(codes.getFirst(), codes.getLast()).boxed()
        : codes.stream();
  }

  private static Stream<String> lines(String sheet) {
    try (InputStream file = SheetTable.class.getResourceAsStream("/protocol/" + sheet)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException unreadable) {
      throw new AssertionError(sheet, unreadable);
    }
  }
}
