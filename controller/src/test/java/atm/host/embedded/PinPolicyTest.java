package atm.host.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which new PINs are refused because a thief would try them first.
class PinPolicyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000",
        "999999",
        "1234",
        "0123",
        "7890",
        "9012",
        "4321",
        "3210",
        "0987",
        "123456789012",
        "1900",
        "1984",
        "2026",
        "2099"
      })
  void weakPinsAreRefused(String pin) {
    assertThat(isWeak(pin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8305", "1224", "1357", "2580", "1899", "2100", "19841", "112233"})
  void othersAreNot(String pin) {
    assertThat(isWeak(pin)).isFalse();
  }

  /// A rule that forbids more than these few would be a help to whoever guesses.
  @Test
  void ofTenThousandPinsNoMoreThan230AreForbidden() {
    assertThat(IntStream.range(0, 10_000).filter(pin -> isWeak(String.format("%04d", pin))).count())
        .isEqualTo(230);
  }

  private static boolean isWeak(String pin) {
    return PinPolicy.isWeak(pin.getBytes(US_ASCII));
  }
}
