package sim.xfs4iot;

/// Whose XFS4IoT the services speak (sheet, section 10): the 2024-03 schema, or KAL's services as
/// they are in the field.
public enum Dialect {
  SPEC,
  KAL;

  /// The word of `devices.yaml`: `spec` or `kal`.
  public static Dialect of(String word) {
    return switch (word) {
      case "spec" -> SPEC;
      case "kal" -> KAL;
      default -> throw new IllegalArgumentException("dialect " + word + ", wanted spec or kal");
    };
  }

  /// KAL says `success`; the schema says nothing.
  boolean saysSuccess() {
    return this == KAL;
  }

  String acknowledgeVersion(String commandVersion) {
    return this == KAL ? commandVersion : "2.0";
  }

  /// KAL sends what nobody asked for as an event without a request number.
  String unsolicitedType() {
    return this == KAL ? "event" : "unsolicited";
  }

  String interfaceName(String name) {
    return this == KAL ? Character.toLowerCase(name.charAt(0)) + name.substring(1) : name;
  }

  /// KAL's services stumble over JSON they cannot read and names they do not know: the connection
  /// is lost instead of an answer given.
  boolean losesTheConnectionOnNonsense() {
    return this == KAL;
  }

  boolean checksDuplicateRequestIds() {
    return this == SPEC;
  }
}
