package atm.driver.lcdm;

import atm.driver.PlayedDispenserErrors;
import atm.driver.SheetTable;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class LcdmErrorsTest extends PlayedDispenserErrors {
  private static final int GOOD = 0x30;

  /// Met in the field, without a dependable meaning.
  private static final Set<Integer> UNNAMED = Set.of(0x3E, 0x4B, 0x4D, 0x4F, 0x50);

  /// A normal stop, an order that was wrong, an empty cassette: the unit itself is well.
  private static final Set<Integer> HARMLESS = Set.of(0x31, 0x37, 0x3B, 0x38, 0x40);

  @Override
  protected String driver() {
    return "puloon-lcdm";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("reply-56", "by-cassette");
  }

  @Override
  protected Stream<Integer> codes() {
    Stream<Integer> table =
        SheetTable.codes("puloon-lcdm-1000-2000.md", "## Error table", 0)
            .filter(code -> code != GOOD);
    return Stream.concat(table, UNNAMED.stream());
  }

  @Override
  protected boolean servesWith(int code) {
    return HARMLESS.contains(code);
  }
}
