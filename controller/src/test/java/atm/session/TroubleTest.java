package atm.session;

import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceKind;
import atm.device.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TroubleTest {
  @Test
  void everyFaultOfEveryDeviceHasItsWordsAndItsCode() {
    Set<String> codes = new HashSet<>();
    for (DeviceKind kind : DeviceKind.values()) {
      for (Fault.Code code : Fault.Code.values()) {
        Trouble trouble = Trouble.of(kind, new Fault(code, "seen so"));

        assertThat(codes.add(trouble.code())).as(trouble.code()).isTrue();
        assertThat(trouble.code()).matches("[a-z-]+/[a-z]+");
        assertThat(trouble.operator()).startsWith("seen so. ").endsWith(".");
        assertThat(trouble.notice()).isNotNull();
      }
    }
  }

  @Test
  void aJamIsLookedForWhereItCanBe() {
    List<String> places = new ArrayList<>();
    for (DeviceKind kind : DeviceKind.values()) {
      places.add(Trouble.of(kind, new Fault(Fault.Code.HARDWARE, "jam")).operator());
    }

    assertThat(places)
        .doesNotHaveDuplicates()
        .allMatch(place -> place.startsWith("jam. Look for "));
  }
}
