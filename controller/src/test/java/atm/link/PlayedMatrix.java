package atm.link;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A keypad of crossing wires at pi4j's mock pins. A key joins its row and its column; current goes
/// every way that the keys which are down leave open, as in a keypad without diodes. When the
/// driver lets the lines settle, the rows take the level they would have.
public final class PlayedMatrix {
  private final LineAddress address;
  private final Set<Integer> down = new TreeSet<>();
  private final Set<Integer> shortedRows = new TreeSet<>();
  private Context context;
  private boolean gone;
  private int scans;
  private final List<Integer> lowColumns = new ArrayList<>();

  public PlayedMatrix(LineAddress address) {
    this.address = address;
  }

  public LineConnector.Board board() {
    return new LineConnector.Board(this::open, this::settle);
  }

  private synchronized Context open(String chip) {
    if (gone) throw new IllegalStateException("Couldn't find gpiochip with name: " + chip);
    context =
        Pi4J.newContextBuilder()
            .add(MockDigitalInputProvider.newInstance(), MockDigitalOutputProvider.newInstance())
            .build();
    return context;
  }

  /// Fingers: keys by row and column, from 0.
  public synchronized void press(int row, int column) {
    down.add(row * address.columns().size() + column);
  }

  public synchronized void release(int row, int column) {
    down.remove(row * address.columns().size() + column);
  }

  /// A row that touches ground.
  public synchronized void shortRow(int row) {
    shortedRows.add(row);
  }

  public synchronized void mendRow(int row) {
    shortedRows.remove(row);
  }

  /// The chip goes, and comes back.
  public synchronized void unplug() {
    gone = true;
  }

  public synchronized void plug() {
    gone = false;
  }

  /// How often all columns were driven.
  public synchronized int scans() {
    return scans;
  }

  /// Whether ever more than one column was low.
  public synchronized boolean shorts() {
    return lowColumns.stream().anyMatch(low -> low != 1);
  }

  /// Whether pi4j still has any of its pins.
  public synchronized boolean isLetGo() {
    return context.isShutdown();
  }

  private synchronized void settle() {
    if (gone) throw new IllegalStateException("no such device");
    List<Integer> low = new ArrayList<>();
    for (int column = 0; column < address.columns().size(); column++) {
      MockDigitalOutput pin = context.registry().get("column-" + address.columns().get(column));
      if (pin.state() == DigitalState.LOW) low.add(column);
    }
    lowColumns.add(low.size());
    if (low.getLast() == address.columns().size() - 1) scans++;
    for (int row = 0; row < address.rows().size(); row++) {
      MockDigitalInput pin = context.registry().get("row-" + address.rows().get(row));
      boolean pulled = shortedRows.contains(row) || reaches(row, new TreeSet<>(low));
      pin.mockState(pulled ? DigitalState.LOW : DigitalState.HIGH);
    }
  }

  /// Whether a way of keys leads from the row to a column of these.
  private boolean reaches(int row, Set<Integer> columns) {
    int width = address.columns().size();
    Set<Integer> rows = new TreeSet<>();
    Set<Integer> reached = new TreeSet<>(columns);
    for (boolean grew = true; grew; ) {
      grew = false;
      for (int key : down) {
        int keyRow = key / width;
        int keyColumn = key % width;
        if (reached.contains(keyColumn)) grew |= rows.add(keyRow);
        if (rows.contains(keyRow)) grew |= reached.add(keyColumn);
      }
    }
    return rows.contains(row);
  }
}
