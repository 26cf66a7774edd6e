package sim.xfs4iot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import sim.mechanics.Key;

/// Where the keys are: the pad itself, four function keys left of the screen and four right of it.
/// Measures in tenths of a millimetre. Stateless.
final class PadLayout {
  private static final int KEY = 150;
  private static final int PITCH = 180;
  private static final int FDK_PITCH = 400;

  private static final List<List<Key>> PAD =
      List.of(
          List.of(Key.D1, Key.D2, Key.D3, Key.CANCEL),
          List.of(Key.D4, Key.D5, Key.D6, Key.CLEAR),
          List.of(Key.D7, Key.D8, Key.D9, Key.BACKSPACE),
          List.of(Key.D0, Key.ENTER));
  private static final List<List<Key>> LEFT = column(Key.F, Key.G, Key.H, Key.I);
  private static final List<List<Key>> RIGHT = column(Key.A, Key.B, Key.C, Key.D);

  private PadLayout() {}

  private static List<List<Key>> column(Key... keys) {
    return List.of(keys).stream().map(List::of).toList();
  }

  static JsonArray frames() {
    return new JsonArray()
        .add(frame(0, 2000, PAD, PITCH))
        .add(frame(0, 0, LEFT, FDK_PITCH))
        .add(frame(3000, 0, RIGHT, FDK_PITCH));
  }

  private static JsonObject frame(int x, int y, List<List<Key>> rows, int pitch) {
    JsonArray keys = new JsonArray();
    int columns = 0;
    for (int row = 0; row < rows.size(); row++) {
      columns = Math.max(columns, rows.get(row).size());
      for (int column = 0; column < rows.get(row).size(); column++) {
        keys.add(
            place(column * PITCH, row * pitch, KEY, KEY)
                .put("key", PadKeys.word(rows.get(row).get(column))));
      }
    }
    return place(x, y, columns * PITCH, rows.size() * pitch).put("keys", keys);
  }

  private static JsonObject place(int x, int y, int width, int height) {
    return new JsonObject().put("xPos", x).put("yPos", y).put("xSize", width).put("ySize", height);
  }
}
