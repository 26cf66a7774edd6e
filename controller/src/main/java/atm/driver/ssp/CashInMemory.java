package atm.driver.ssp;

import atm.driver.ssp.SspData.Counters;
import atm.value.Money;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/// A validator remembers no transaction, but counts over its whole life what went in and what it
/// gave back. What it counted before a note came, and which note came, is kept here for it, on disk
/// before anything is said of the note, so that its counters tell after a crash what became of it.
final class CashInMemory {
  private static final System.Logger LOG = System.getLogger(CashInMemory.class.getName());

  /// @param phase how far the note had come, in words of `CashIn`
  /// @param end what it was told to become
  /// @param note empty while none has come
  /// @param channel the note's; 0 while none has come
  /// @param before empty where the unit counts nothing, or was not asked yet
  record Kept(
      String phase, String end, Optional<Money> note, int channel, Optional<Counters> before) {}

  private final Vertx vertx;
  private final Optional<Path> file;

  /// @param file empty for one that outlives nothing
  CashInMemory(Vertx vertx, Optional<Path> file) {
    this.vertx = vertx;
    this.file = file;
  }

  /// What was kept last. Nothing where there is nothing that can be read: then nobody knows. Blocks
  /// for a moment.
  Optional<Kept> recalled() {
    if (file.isEmpty() || !Files.exists(file.get())) return Optional.empty();
    try {
      return Optional.of(parsed(Files.readString(file.get())));
    } catch (IOException | IllegalArgumentException unreadable) {
      LOG.log(Level.WARNING, file.get() + " cannot be read: " + unreadable.getMessage());
      return Optional.empty();
    }
  }

  /// Completes once it is on disk.
  Future<Void> keep(Kept kept) {
    return file.map(to -> vertx.<Void>executeBlocking(() -> written(to, text(kept))))
        .orElseGet(Future::succeededFuture);
  }

  private static Void written(Path to, String text) {
    Path fresh = to.resolveSibling(to.getFileName() + ".new");
    try {
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) out.write(bytes);
        out.force(true);
      }
      Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(to.toAbsolutePath().getParent())) {
        folder.force(true);
      }
      return null;
    } catch (IOException failed) {
      throw new UncheckedIOException(to + " cannot be written: " + failed.getMessage(), failed);
    }
  }

  private static String text(Kept kept) {
    StringBuilder text = new StringBuilder();
    text.append("phase=").append(kept.phase()).append('\n');
    text.append("end=").append(kept.end()).append('\n');
    kept.note()
        .ifPresent(
            note ->
                text.append("note=%d %s%n".formatted(note.minor(), note.currency()))
                    .append("channel=%d%n".formatted(kept.channel())));
    kept.before()
        .ifPresent(
            c ->
                text.append(
                    "counters=%d %d %d %d %d%n"
                        .formatted(
                            c.stacked(), c.stored(), c.dispensed(), c.toCashbox(), c.rejected())));
    return text.append("whole=yes\n").toString();
  }

  private static Kept parsed(String text) throws IOException {
    Properties lines = new Properties();
    lines.load(new StringReader(text));
    if (lines.getProperty("whole") == null) throw new IOException("its end is missing");
    return new Kept(
        lines.getProperty("phase", ""),
        lines.getProperty("end", ""),
        Optional.ofNullable(lines.getProperty("note")).map(CashInMemory::note),
        Integer.parseInt(lines.getProperty("channel", "0")),
        Optional.ofNullable(lines.getProperty("counters")).map(CashInMemory::counters));
  }

  private static Money note(String words) {
    String[] word = words.split(" ", 2);
    return Money.of(Long.parseLong(word[0]), word[word.length - 1]);
  }

  private static Counters counters(String words) {
    String[] word = words.split(" ");
    if (word.length != 5) throw new IllegalArgumentException(word.length + " counters, wanted 5");
    long[] c = new long[5];
    for (int i = 0; i < c.length; i++) c[i] = Long.parseLong(word[i]);
    return new Counters(c[0], c[1], c[2], c[3], c[4]);
  }
}
