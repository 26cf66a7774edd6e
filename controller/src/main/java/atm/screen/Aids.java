package atm.screen;

/// What helps one customer to read, to hear and to be in time. Lasts for one visit.
///
/// @param large larger letters
/// @param contrast black, white and nothing between
/// @param captions what is spoken stands on the screen as well
/// @param patient every customer timer runs twice as long
public record Aids(boolean large, boolean contrast, boolean captions, boolean patient) {
  public static final Aids NONE = new Aids(false, false, false, false);

  public enum Aid {
    LARGE,
    CONTRAST,
    CAPTIONS,
    PATIENT
  }

  public boolean has(Aid aid) {
    return switch (aid) {
      case LARGE -> large;
      case CONTRAST -> contrast;
      case CAPTIONS -> captions;
      case PATIENT -> patient;
    };
  }

  public Aids with(Aid aid, boolean on) {
    return new Aids(
        aid == Aid.LARGE ? on : large,
        aid == Aid.CONTRAST ? on : contrast,
        aid == Aid.CAPTIONS ? on : captions,
        aid == Aid.PATIENT ? on : patient);
  }
}
