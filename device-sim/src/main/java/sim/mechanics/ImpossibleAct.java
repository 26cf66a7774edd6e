package sim.mechanics;

/// A hand tried what cannot be done now, such as taking a card that is not there.
public final class ImpossibleAct extends RuntimeException {
  public ImpossibleAct(String message) {
    super(message);
  }
}
