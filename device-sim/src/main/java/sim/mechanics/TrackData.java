package sim.mechanics;

/// What a reader got from a card: track 2, or null where it could not be read.
public record TrackData(byte[] track2) {
  @Override
  public String toString() {
    return track2 == null ? "TrackData[unreadable]" : "TrackData[" + track2.length + " characters]";
  }
}
