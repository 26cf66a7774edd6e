package sim.mechanics;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sim.mechanics.MechanicalFault.Kind;

/// The pad's keys: one key-encryption key from its own key file, and working keys imported under
/// it. Working keys are kept on disk only as they came, wrapped, so that a restart loses none and
/// the file gives none away.
final class KeyVault {
  /// Enough for any host; a wire cannot fill the memory.
  static final int KEYS_MAX = 32;

  private static final Set<String> USAGES = Set.of("P0", "D0", "M3", "M6", "K0");

  private record Held(PadKey seen, byte[] value, byte[] wrapped) {}

  private final String kekName;
  private final String kekAlgorithm;
  private final Optional<byte[]> loadedKek;
  private final StateFile file;
  private final Map<String, Held> keys = new LinkedHashMap<>();
  private boolean kekThere = true;

  /// @param kekAlgorithm `A` or `T`
  KeyVault(String kekName, String kekAlgorithm, Optional<byte[]> kek, StateFile file) {
    this.kekName = kekName;
    this.kekAlgorithm = kekAlgorithm;
    this.loadedKek = kek;
    this.file = file;
    if (kek.isPresent()) {
      file.read().ifPresent(this::restore);
    }
  }

  List<PadKey> list() {
    List<PadKey> seen = new ArrayList<>();
    kek()
        .ifPresent(
            value ->
                seen.add(
                    new PadKey(
                        kekName,
                        "K0",
                        kekAlgorithm,
                        "D",
                        value.length * 8,
                        kcv(kekAlgorithm, value))));
    keys.values().forEach(held -> seen.add(held.seen()));
    return seen;
  }

  /// Unwraps a key under the KEK (ECB, as the sheets have it) and keeps it; the same name is
  /// replaced.
  PadKey load(PadKey asked, String decryptKey, byte[] wrapped) {
    if (!decryptKey.equals(kekName)) {
      throw new MechanicalFault(Kind.KEY_NOT_FOUND, "pin-pad: no key " + decryptKey);
    }
    if (asked.name().equals(kekName) || !USAGES.contains(asked.usage())) {
      throw new MechanicalFault(Kind.KEY_USE, "pin-pad: no import as usage " + asked.usage());
    }
    byte[] kek =
        kek()
            .orElseThrow(
                () -> new MechanicalFault(Kind.KEY_NO_VALUE, "pin-pad: " + kekName + " is empty"));
    boolean fits =
        switch (asked.algorithm()) {
          case "A" -> wrapped.length == 16 || wrapped.length == 32;
          case "T" -> wrapped.length == 16;
          default -> false;
        };
    if (!fits) {
      throw new MechanicalFault(
          Kind.KEY_VALUE,
          "pin-pad: a key of algorithm %s with %d bytes, wanted A with 16 or 32, T with 16"
              .formatted(asked.algorithm(), wrapped.length));
    }
    if (!keys.containsKey(asked.name()) && keys.size() >= KEYS_MAX) {
      throw new MechanicalFault(Kind.BIN_FULL, "pin-pad: it holds " + KEYS_MAX + " keys already");
    }
    PadKey seen = put(asked, kek, wrapped);
    save();
    return seen;
  }

  /// The value of a key, for a use it was imported for.
  byte[] use(String name, String usage, String algorithm) {
    if (name.equals(kekName)) {
      throw new MechanicalFault(Kind.KEY_USE, "pin-pad: " + name + " wraps keys only");
    }
    Held held = keys.get(name);
    if (held == null) {
      throw new MechanicalFault(Kind.KEY_NOT_FOUND, "pin-pad: no key " + name);
    }
    PadKey seen = held.seen();
    boolean encrypts = Set.of("E", "B").contains(seen.modeOfUse());
    if (!seen.usage().equals(usage) || !seen.algorithm().equals(algorithm) || !encrypts) {
      throw new MechanicalFault(
          Kind.KEY_USE,
          "pin-pad: key %s is %s %s %s, wanted %s %s E"
              .formatted(name, seen.usage(), seen.algorithm(), seen.modeOfUse(), usage, algorithm));
    }
    return held.value();
  }

  boolean delete(String name) {
    Held held = keys.remove(name);
    if (held == null) {
      return false;
    }
    Arrays.fill(held.value(), (byte) 0);
    save();
    return true;
  }

  /// Loses the working keys, and the KEK until [#reload].
  void lose() {
    wipe();
    kekThere = false;
  }

  /// Loses the working keys.
  void wipe() {
    keys.values().forEach(held -> Arrays.fill(held.value(), (byte) 0));
    keys.clear();
    save();
  }

  /// Somebody came and loaded the KEK again.
  void reload() {
    kekThere = true;
  }

  private Optional<byte[]> kek() {
    return kekThere ? loadedKek : Optional.empty();
  }

  private PadKey put(PadKey asked, byte[] kek, byte[] wrapped) {
    byte[] value =
        kekAlgorithm.equals("A")
            ? PinBlock.aesDecipher(kek, wrapped)
            : PinBlock.tdesDecipher(kek, wrapped);
    PadKey seen =
        new PadKey(
            asked.name(),
            asked.usage(),
            asked.algorithm(),
            asked.modeOfUse(),
            value.length * 8,
            kcv(asked.algorithm(), value));
    keys.put(seen.name(), new Held(seen, value, wrapped.clone()));
    return seen;
  }

  /// The key check value: a block of zeroes enciphered, its first three bytes.
  static byte[] kcv(String algorithm, byte[] key) {
    byte[] enciphered =
        algorithm.equals("A") ? PinBlock.aes(key, new byte[16]) : PinBlock.tdes(key, new byte[8]);
    return Arrays.copyOf(enciphered, 3);
  }

  private void save() {
    JsonArray list = new JsonArray();
    for (Held held : keys.values()) {
      PadKey seen = held.seen();
      list.add(
          new JsonObject()
              .put("name", seen.name())
              .put("usage", seen.usage())
              .put("algorithm", seen.algorithm())
              .put("modeOfUse", seen.modeOfUse())
              .put("kcv", HexFormat.of().formatHex(seen.kcv()))
              .put("wrapped", HexFormat.of().formatHex(held.wrapped())));
    }
    file.write(new JsonObject().put("keys", list));
  }

  private void restore(JsonObject state) {
    try {
      for (Object each : state.getJsonArray("keys")) {
        JsonObject key = (JsonObject) each;
        PadKey asked =
            new PadKey(
                key.getString("name"),
                key.getString("usage"),
                key.getString("algorithm"),
                key.getString("modeOfUse"),
                0,
                null);
        byte[] wrapped = HexFormat.of().parseHex(key.getString("wrapped"));
        PadKey seen = put(asked, loadedKek.orElseThrow(), wrapped);
        // Another KEK than the one it was wrapped under: a new ceremony came between.
        if (!HexFormat.of().formatHex(seen.kcv()).equals(key.getString("kcv"))) {
          keys.remove(seen.name());
        }
      }
    } catch (RuntimeException e) {
      throw file.broken(e.toString());
    }
  }
}
