package atm;

import atm.Keys.KeyFileException;
import atm.host.embedded.PinVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who may work on the machine: `operators` under the data folder, mode 0600, one line each with
/// name, salt and Argon2id verifier. The file alone proves no password, since the verifier's secret
/// is in the key file. Slow on purpose, so never on an event loop.
public final class Operators {
  static final String FILE = "operators";
  static final int PASSWORD_MIN = 8;
  static final int PASSWORD_MAX = 128;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern LINE =
      Pattern.compile("(" + NAME.pattern() + ") ([0-9A-F]{32}) ([0-9A-F]{64})");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Path file;
  private final PinVerifier verifier;
  // What an unknown name is compared with; no password gives this hash.
  private final Entry nobody;

  private record Entry(byte[] salt, byte[] hash) {}

  public Operators(Path dataDir, Keys keys) {
    this(dataDir, new PinVerifier(keys.host().pinPepper()));
  }

  Operators(Path dataDir, PinVerifier verifier) {
    this.file = dataDir.resolve(FILE);
    this.verifier = verifier;
    this.nobody = new Entry(verifier.newSalt(), new byte[32]);
  }

  /// What is wrong with a name, in a sentence; empty when nothing is.
  static String mistakeIn(String name) {
    return NAME.matcher(name).matches()
        ? ""
        : "\"" + name + "\" is no name for an operator, wanted a-z, then a-z, 0-9 and \"-\"";
  }

  public List<String> names() {
    return List.copyOf(read().keySet());
  }

  /// Whether this is the operator's password. An unknown name takes as long as a wrong password.
  public boolean knows(String name, byte[] password) {
    Entry entry = read().getOrDefault(name, nobody);
    return verifier.matches(password, entry.salt, associated(name), entry.hash);
  }

  /// Adds an operator, or gives one who is there another password.
  public void add(String name, byte[] password) {
    if (!mistakeIn(name).isEmpty()) throw new IllegalArgumentException(mistakeIn(name));
    Map<String, Entry> entries = read();
    byte[] salt = verifier.newSalt();
    entries.put(name, new Entry(salt, verifier.hash(password, salt, associated(name))));
    write(entries);
  }

  /// Answers whether there was such an operator.
  public boolean remove(String name) {
    Map<String, Entry> entries = read();
    if (entries.remove(name) == null) return false;
    write(entries);
    return true;
  }

  private static byte[] associated(String name) {
    return ("operator " + name).getBytes(StandardCharsets.US_ASCII);
  }

  private Map<String, Entry> read() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try {
      if (!Files.exists(file)) return entries;
      int number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        number++;
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
          throw new KeyFileException(
              file + ":" + number + " is damaged: wanted a name, 32 and 64 hex digits");
        }
        entries.put(
            parts.group(1), new Entry(HEX.parseHex(parts.group(2)), HEX.parseHex(parts.group(3))));
      }
      return entries;
    } catch (IOException e) {
      throw new KeyFileException(file + " cannot be read: " + e, e);
    }
  }

  private void write(Map<String, Entry> entries) {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        (name, entry) ->
            lines.add(name + " " + HEX.formatHex(entry.salt) + " " + HEX.formatHex(entry.hash)));
    try {
      // Made by this call with mode 0600, and in its place in one step.
      Path made = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new");
      Files.write(made, lines, StandardCharsets.US_ASCII);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new KeyFileException(file + " cannot be written: " + e, e);
    }
  }
}
