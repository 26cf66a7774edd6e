package atm.driver.lcdm4000;

import atm.driver.PlayedDispenserErrors;
import atm.driver.SheetTable;
import java.util.Set;
import java.util.stream.Stream;

class Lcdm4000ErrorsTest extends PlayedDispenserErrors {
  private static final int GOOD = 0x00;

  /// One cassette gave no note, or is near its end: the others serve.
  private static final Set<Integer> HARMLESS = Set.of(0x01, 0x25);

  @Override
  protected String driver() {
    return "puloon-lcdm-4000";
  }

  @Override
  protected Stream<Integer> codes() {
    return SheetTable.codes("puloon-lcdm-4000.md", "## Error table", 0)
        .filter(code -> code != GOOD);
  }

  @Override
  protected boolean servesWith(int code) {
    return HARMLESS.contains(code);
  }
}
