package sim.mechanics;

/// A key in the pad as it may be seen from outside: never its value. Words as in TR-31: usage `K0`
/// wraps keys, `P0` PINs; algorithm `A` AES, `T` TDES; mode of use `B` both ways, `E` encrypt,
/// `D` decrypt.
public record PadKey(
    String name, String usage, String algorithm, String modeOfUse, int bits, byte[] kcv) {}
