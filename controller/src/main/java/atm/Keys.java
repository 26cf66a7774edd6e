package atm;

import atm.host.embedded.HostKeys;
import atm.ledger.LedgerKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The controller's keys, and the ceremony that makes them: `controller.keys` for this side, and
/// for the devices' side `sim/device.keys` with the three it shares. Files of mode 0600, never
/// overwritten.
public record Keys(LedgerKeys ledger, HostKeys host) {
  public static final String CONTROLLER_FILE = "controller.keys";
  public static final String DEVICE_FILE = "sim/device.keys";

  private static final String HOST = "XFSAuthenticateHost";
  private static final String DEVICE = "XFSAuthenticateDevice";
  private static final String KEK = "KEK01";
  private static final String PIN = "PinKey01";
  private static final String TDES_MASTER = "TMK01";
  private static final String TDES_PIN = "PinKey02";
  private static final String PEPPER = "PinPepper";
  private static final String PAN = "PanHash";
  private static final String JOURNAL = "Journal";
  private static final String DATABASE = "Database";

  private static final Map<String, Integer> BYTES = new LinkedHashMap<>();

  static {
    for (String name : List.of(HOST, DEVICE, KEK, PEPPER, PAN, JOURNAL, DATABASE)) {
      BYTES.put(name, 32);
    }
    for (String name : List.of(PIN, TDES_MASTER, TDES_PIN)) BYTES.put(name, 16);
  }

  private static final List<String> SHARED = List.of(HOST, DEVICE, KEK, TDES_MASTER);
  private static final Set<String> AES = Set.of(KEK, PIN);
  private static final Set<String> TDES = Set.of(TDES_MASTER, TDES_PIN);
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /// Why keys cannot be read or made, in one sentence.
  public static final class KeyFileException extends RuntimeException {
    KeyFileException(String sentence) {
      super(sentence);
    }

    KeyFileException(String sentence, Exception cause) {
      super(sentence, cause);
    }
  }

  public static boolean exist(Path dataDir) {
    return Files.exists(dataDir.resolve(CONTROLLER_FILE));
  }

  public static Keys load(Path dataDir) {
    Path file = dataDir.resolve(CONTROLLER_FILE);
    Properties hex = read(file);
    return new Keys(
        new LedgerKeys(key(file, hex, DATABASE), key(file, hex, JOURNAL)),
        new HostKeys(
            key(file, hex, PIN),
            key(file, hex, KEK),
            key(file, hex, HOST),
            key(file, hex, DEVICE),
            key(file, hex, PEPPER),
            key(file, hex, PAN),
            tdes(file, hex)));
  }

  /// Key files made before there were pads that want them have none.
  private static Optional<HostKeys.Tdes> tdes(Path file, Properties hex) {
    if (!hex.containsKey(TDES_MASTER) && !hex.containsKey(TDES_PIN)) return Optional.empty();
    return Optional.of(new HostKeys.Tdes(key(file, hex, TDES_MASTER), key(file, hex, TDES_PIN)));
  }

  private static Properties read(Path file) {
    try {
      if (!Files.exists(file)) {
        throw new KeyFileException(
            "there are no keys: " + file + " is missing; make them with ./atm keys");
      }
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(PosixFilePermissions.fromString("rwx------"));
      if (!others.isEmpty()) {
        throw new KeyFileException(file + " can be read by others; say chmod 600 " + file);
      }
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      return properties;
    } catch (IOException e) {
      throw new KeyFileException(file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new KeyFileException(file + " is no key file: " + e.getMessage(), e);
    }
  }

  private static byte[] key(Path file, Properties hex, String name) {
    String value = hex.getProperty(name);
    int bytes = BYTES.get(name);
    if (value == null) throw new KeyFileException(file + ": " + name + " is missing");
    if (!value.matches("[0-9A-Fa-f]{" + 2 * bytes + "}")) {
      throw new KeyFileException(file + ": " + name + " is not " + bytes + " bytes in hex");
    }
    return HEX.parseHex(value);
  }

  /// Makes all keys, writes each side's file, and prints their check values on `out` for people to
  /// compare on both sides.
  public static Keys ceremony(Path dataDir, PrintStream out) {
    Path controller = dataDir.resolve(CONTROLLER_FILE);
    Path device = dataDir.resolve(DEVICE_FILE);
    for (Path file : List.of(controller, device)) {
      if (Files.exists(file)) {
        throw new KeyFileException(file + " is there already; keys are never overwritten");
      }
    }
    Map<String, byte[]> keys = new LinkedHashMap<>();
    BYTES.keySet().forEach(name -> keys.put(name, random(name)));
    try {
      Files.createDirectories(device.getParent());
      Path newDevice = write(device, keys, SHARED);
      Path newController = write(controller, keys, keys.keySet());
      // The controller's last: whoever finds it finds both.
      Files.move(newDevice, device, StandardCopyOption.ATOMIC_MOVE);
      Files.move(newController, controller, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new KeyFileException("keys cannot be written in " + dataDir + ": " + e, e);
    }
    print(keys, out);
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    return load(dataDir);
  }

  /// Pads refuse a DES key without it (FIPS 46-3: eight bits of a key are parity).
  private static void setOddParity(byte[] key) {
    for (int i = 0; i < key.length; i++) {
      int seven = key[i] & 0xFE;
      key[i] = (byte) (seven | (Integer.bitCount(seven) + 1) % 2);
    }
  }

  /// Adds the keys that files made long ago do not have yet, and prints their check values; those
  /// that are there stay.
  public static Keys add(Path dataDir, PrintStream out) {
    Path controller = dataDir.resolve(CONTROLLER_FILE);
    Path device = dataDir.resolve(DEVICE_FILE);
    Map<String, byte[]> all = new LinkedHashMap<>();
    Map<String, byte[]> fresh = new LinkedHashMap<>();
    Properties had = read(controller);
    for (String name : BYTES.keySet()) {
      if (TDES.contains(name) && !had.containsKey(name)) fresh.put(name, random(name));
      else all.put(name, key(controller, had, name));
    }
    all.putAll(fresh);
    try {
      Files.createDirectories(device.getParent());
      Path newDevice = write(device, all, SHARED);
      Path newController = write(controller, all, all.keySet());
      // The device's first: a key that the controller alone has would look like one that both have.
      Files.move(newDevice, device, StandardCopyOption.ATOMIC_MOVE);
      Files.move(newController, controller, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new KeyFileException("keys cannot be written in " + dataDir + ": " + e, e);
    }
    print(fresh, out);
    all.values().forEach(key -> Arrays.fill(key, (byte) 0));
    return load(dataDir);
  }

  private static void print(Map<String, byte[]> keys, PrintStream out) {
    keys.forEach(
        (name, key) -> out.printf("%-22s %s%n", name, HEX.formatHex(checkValue(name, key))));
  }

  private static byte[] random(String name) {
    byte[] key = new byte[BYTES.get(name)];
    new SecureRandom().nextBytes(key);
    if (TDES.contains(name)) setOddParity(key);
    return key;
  }

  private static Path write(Path file, Map<String, byte[]> keys, Iterable<String> names)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : names)
      text.append(name).append('=').append(HEX.formatHex(keys.get(name))).append('\n');
    // Created by this call with mode 0600, under a name that nobody can have opened before.
    Path temporary = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
    Files.writeString(temporary, text, StandardCharsets.US_ASCII);
    return temporary;
  }

  /// Three bytes: of an encrypted block of zeros for an AES or TDES key, of an HMAC of nothing
  /// for others.
  static byte[] checkValue(String name, byte[] key) {
    try {
      if (AES.contains(name)) {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return Arrays.copyOf(cipher.doFinal(new byte[16]), 3);
      }
      if (TDES.contains(name)) {
        byte[] three = Arrays.copyOf(key, 24);
        System.arraycopy(key, 0, three, 16, 8);
        Cipher cipher = Cipher.getInstance("DESede/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(three, "DESede"));
        return Arrays.copyOf(cipher.doFinal(new byte[8]), 3);
      }
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Arrays.copyOf(mac.doFinal(), 3);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
