package atm.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the ledger takes for granted of H2: after a commit and a sync, the file as a killed process
/// leaves it holds that commit. A file that has been open for a while is the hard case, since H2
/// then writes into space it freed: 2.5.252 lost the last commit in 506 of 600 such copies.
class SpaceReuseTest {
  private static final int COMMITS = 200;
  private static final int PAGES = 50;
  private static final int PAGE_MAX = 9000;

  @TempDir Path dir;

  @Test
  void theLastCommitIsThereThoughSpaceIsReused() throws Exception {
    Path live = dir.resolve("live.mv.db");
    Path killed = dir.resolve("killed.mv.db");
    Random random = new Random(1);
    List<Integer> lost = new ArrayList<>();
    try (MVStore store = open(live)) {
      // As after 45 seconds of work, without waiting for them.
      store.setRetentionTime(0);
      MVMap<Integer, byte[]> pages = store.openMap("pages");
      MVMap<String, Integer> last = store.openMap("last");
      for (int commit = 1; commit <= COMMITS; commit++) {
        pages.put(random.nextInt(PAGES), new byte[random.nextInt(PAGE_MAX)]);
        last.put("commit", commit);
        store.commit();
        store.sync();
        Files.copy(live, killed, StandardCopyOption.REPLACE_EXISTING);
        try (MVStore copy = open(killed)) {
          if (!Integer.valueOf(commit)
              .equals(copy.<String, Integer>openMap("last").get("commit"))) {
            lost.add(commit);
          }
        }
      }
      assertThat(Files.size(live)).as("space is reused").isLessThan(COMMITS * PAGE_MAX / 2L);
    }
    assertThat(lost).as("commits that were synced, and gone").isEmpty();
  }

  private static MVStore open(Path file) {
    return new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
  }
}
