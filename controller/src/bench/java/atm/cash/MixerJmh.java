package atm.cash;

import atm.cash.Mixer.Supply;
import atm.value.Mix;
import atm.value.Money;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The machine that we ship: three cassettes, forty notes at once.
@State(Scope.Thread)
public class MixerJmh {
  private final List<Supply> supplies =
      List.of(
          new Supply("C1", Money.parse("10 EUR"), 1000),
          new Supply("C2", Money.parse("20 EUR"), 2000),
          new Supply("C3", Money.parse("50 EUR"), 1000));
  private final Mixer mixer = new Mixer(supplies, 40);
  private final Money amount = Money.parse("480 EUR");

  @Benchmark
  public Mixer fromNewCounts() {
    return new Mixer(supplies, 40);
  }

  @Benchmark
  public Optional<Mix> mixOfAnAmount() {
    return mixer.mix(amount);
  }
}
