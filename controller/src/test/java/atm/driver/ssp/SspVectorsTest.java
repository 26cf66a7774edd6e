package atm.driver.ssp;

import static atm.driver.ProtocolVectors.bytes;
import static atm.driver.ProtocolVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import atm.driver.ProtocolVectors;
import atm.driver.ProtocolVectors.Vector;
import atm.value.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The codec against the bytes of the guides and of other people's tests.
class SspVectorsTest {
  private static Stream<Vector> vectors(String kind) {
    return ProtocolVectors.of("ssp.vectors", kind);
  }

  static Stream<Vector> crc() {
    return vectors("crc");
  }

  @ParameterizedTest
  @MethodSource
  void crc(Vector vector) {
    byte[] given = bytes(vector.given());
    int crc = Crc16.of(given, 0, given.length);

    assertThat("%02X %02X".formatted(crc & 0xFF, crc >> 8)).isEqualTo(vector.wanted());
  }

  static Stream<Vector> packet() {
    return vectors("packet");
  }

  @ParameterizedTest
  @MethodSource
  void packet(Vector vector) {
    byte[] given = bytes(vector.given());
    SspPacket packet =
        new SspPacket(
            (given[0] & 0x80) != 0, given[0] & 0x7F, Arrays.copyOfRange(given, 1, given.length));

    assertThat(hex(packet.encoded())).isEqualTo(vector.wanted());
    assertThat(read(bytes(vector.wanted()))).containsExactly(packet);
  }

  static Stream<Vector> outer() {
    return vectors("outer");
  }

  @ParameterizedTest
  @MethodSource
  void outer(Vector vector) {
    List<SspPacket> packets = read(bytes(vector.given()));

    assertThat(packets).hasSize(1);
    assertThat(EsspCipher.isSealed(packets.getFirst().data())).isTrue();
  }

  static Stream<Vector> sealed() {
    return vectors("sealed");
  }

  @ParameterizedTest
  @MethodSource
  void sealed(Vector vector) {
    byte[] packet = read(bytes(vector.wanted())).getFirst().data();
    String[] given = vector.given().split(" ");
    byte[] key = bytes(String.join(" ", Arrays.copyOf(given, 16)));
    EsspCipher cipher = new EsspCipher(key, new java.security.SecureRandom());

    assertThat(cipher.open(packet)).as("before its command was sent").isEmpty();
    for (int sent = 0; sent < Integer.parseInt(given[16]); sent++) cipher.seal(new byte[] {0x0C});

    assertThat(cipher.open(packet).map(ProtocolVectors::hex))
        .contains(String.join(" ", Arrays.copyOfRange(given, 17, given.length)));
    assertThat(EsspCipher.key(EsspCipher.DEFAULT_FIXED_KEY, 0x6595)).isEqualTo(key);
  }

  static Stream<Vector> events() {
    return vectors("events");
  }

  @ParameterizedTest
  @MethodSource
  void events(Vector vector) {
    assertThat(
            SspEvent.all(bytes(vector.given())).stream()
                .map(SspVectorsTest::words)
                .collect(Collectors.joining("; ")))
        .isEqualTo(vector.wanted());
  }

  static Stream<Vector> levels() {
    return vectors("levels");
  }

  @ParameterizedTest
  @MethodSource
  void levels(Vector vector) {
    Map<Money, Integer> levels = SspData.levels(bytes(vector.given())).orElseThrow();

    assertThat(
            levels.entrySet().stream()
                .map(level -> level.getValue() + " x " + level.getKey())
                .collect(Collectors.joining("; ")))
        .isEqualTo(vector.wanted());
  }

  static Stream<Vector> counters() {
    return vectors("counters");
  }

  @ParameterizedTest
  @MethodSource
  void counters(Vector vector) {
    SspData.Counters counters = SspData.counters(bytes(vector.given())).orElseThrow();

    assertThat(
            "%d stacked; %d stored; %d dispensed; %d to the cashbox; %d rejected"
                .formatted(
                    counters.stacked(),
                    counters.stored(),
                    counters.dispensed(),
                    counters.toCashbox(),
                    counters.rejected()))
        .isEqualTo(vector.wanted());
  }

  static Stream<Vector> setup() {
    return vectors("setup");
  }

  @ParameterizedTest
  @MethodSource
  void setup(Vector vector) {
    SspData.Setup setup = SspData.setup(bytes(vector.given())).orElseThrow();
    List<String> words = new ArrayList<>();
    words.add("type " + setup.type());
    words.add("firmware " + setup.firmware());
    words.add("protocol " + setup.protocol());
    setup.channels().forEach(note -> words.add(note.toString()));

    assertThat(String.join("; ", words)).isEqualTo(vector.wanted());
  }

  static Stream<Vector> request() {
    return vectors("request");
  }

  @ParameterizedTest
  @MethodSource
  void request(Vector vector) {
    String[] words = vector.given().split(" ", 2);
    byte[] sent =
        switch (words[0]) {
          case "route-to-store" -> SspData.routeToStore(Money.parse(words[1]));
          case "route-to-cashbox" -> SspData.routeToCashbox(Money.parse(words[1]));
          case "payout" -> SspData.payout(notes(words[1]), false);
          case "test-payout" -> SspData.payout(notes(words[1]), true);
          case "set-inhibits" -> SspData.inhibits(Integer.parseInt(words[1]));
          case "hold" -> SspData.HOLD;
          case "reject" -> SspData.REJECT;
          case "poll" -> SspData.POLL;
          case "enable" -> SspData.ENABLE;
          case "enable-payout" -> SspData.ENABLE_PAYOUT;
          default -> throw new AssertionError(vector.given());
        };

    assertThat(hex(sent)).isEqualTo(vector.wanted());
  }

  private static TreeMap<Money, Integer> notes(String words) {
    TreeMap<Money, Integer> notes = new TreeMap<>();
    for (String note : words.split(", ")) {
      String[] parts = note.split(" x ");
      notes.put(Money.parse(parts[1]), Integer.parseInt(parts[0]));
    }
    return notes;
  }

  private static String words(SspEvent event) {
    String name = event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    List<String> words = new ArrayList<>(List.of(name));
    List<SspEvent.Value> values = event.amounts();
    switch (event.kind()) {
      case INCOMPLETE, INCOMPLETE_FLOAT -> words.add(values.get(0) + " of " + values.get(1));
      default -> values.forEach(value -> words.add(value.toString()));
    }
    switch (event.kind()) {
      case PAYOUT_ERROR -> words.add("cause " + event.detail());
      case READ, CREDIT, FRAUD, CLEARED_TO_FRONT, CLEARED_TO_CASHBOX ->
          words.add("channel " + event.detail());
      case UNKNOWN -> words.add("%02X".formatted(event.detail()));
      default -> {}
    }
    return String.join(" ", words);
  }

  private static List<SspPacket> read(byte[] wire) {
    List<SspPacket> packets = new ArrayList<>();
    new SspReader(
            packets::add,
            why -> {
              throw new AssertionError(why);
            })
        .read(wire);
    return packets;
  }
}
