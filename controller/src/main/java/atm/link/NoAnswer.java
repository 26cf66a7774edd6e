package atm.link;

import java.io.IOException;

/// The wire is up, but the device says nothing, or not what it should, in its time.
public final class NoAnswer extends IOException {
  public NoAnswer(String why) {
    super(why);
  }
}
