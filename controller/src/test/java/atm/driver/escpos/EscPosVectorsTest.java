package atm.driver.escpos;

import static atm.driver.ProtocolVectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import atm.device.DeviceStatus;
import atm.driver.ProtocolVectors;
import atm.driver.ProtocolVectors.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The driver's half against the bytes of manuals and of other people's tests.
class EscPosVectorsTest {
  static Stream<Vector> epsonAnswers() {
    return ProtocolVectors.of("escpos.vectors", "answer");
  }

  @ParameterizedTest
  @MethodSource
  void epsonAnswers(Vector vector) {
    List<Answer> found = new ArrayList<>();
    AnswerReader reader = AnswerReader.epson(found::add);
    for (byte b : bytes(vector.given())) reader.read(b);

    assertThat(found.stream().map(EscPosVectorsTest::words).collect(Collectors.joining("; ")))
        .isEqualTo(vector.wanted());
  }

  static Stream<Vector> epsonStatus() {
    return ProtocolVectors.of("escpos.vectors", "status");
  }

  @ParameterizedTest
  @MethodSource
  void epsonStatus(Vector vector) {
    byte[] given = bytes(vector.given());

    assertThat(words(PrinterStatus.epson(given[0], given[1], given[2]))).isEqualTo(vector.wanted());
  }

  static Stream<Vector> vkp80Answers() {
    return ProtocolVectors.of("vkp80.vectors", "answer");
  }

  @ParameterizedTest
  @MethodSource
  void vkp80Answers(Vector vector) {
    List<Answer> found = new ArrayList<>();
    AnswerReader reader = AnswerReader.vkp80(found::add);
    for (byte b : bytes(vector.given())) reader.read(b);

    assertThat(found).hasSize(1);
    assertThat(words(PrinterStatus.of((Answer.Full) found.getFirst()))).isEqualTo(vector.wanted());
  }

  static Stream<Vector> vkp80Counters() {
    return ProtocolVectors.of("vkp80.vectors", "counter");
  }

  @ParameterizedTest
  @MethodSource
  void vkp80Counters(Vector vector) {
    assertThat(vkp80Says(vector.given())).isEqualTo(vector.wanted());
    assertThat(vkp80Says("10 0F 20 00 00 00 " + vector.given() + " 20 00 00 00 31"))
        .as("between two blocks, with head and without")
        .isEqualTo("paper 20; " + vector.wanted() + "; paper 20");
    assertThat(vkp80Says("37 38 35 63 10 0F 20 00 00 00 " + vector.given()))
        .as("after one that was cut off")
        .isEqualTo("paper 20; " + vector.wanted());
  }

  private static String vkp80Says(String hex) {
    List<Answer> found = new ArrayList<>();
    AnswerReader reader = AnswerReader.vkp80(found::add);
    for (byte b : bytes(hex)) reader.read(b);
    return found.stream().map(EscPosVectorsTest::words).collect(Collectors.joining("; "));
  }

  @Test
  void afterAMegabyteOfGarbageAnAnswerIsStillFound() {
    byte[] garbage = new byte[1 << 20];
    new Random(7).nextBytes(garbage);
    List<Answer> found = new ArrayList<>();
    AnswerReader epson = AnswerReader.epson(found::add);
    for (byte b : garbage) epson.read(b);
    epson.forget();
    found.clear();
    epson.read((byte) 0x1E);

    assertThat(found).containsExactly(new Answer.RealTime(0x1E));
  }

  @Test
  void whatAPrinterCallsItselfIsNoStatus() {
    List<Answer> found = new ArrayList<>();
    AnswerReader epson = AnswerReader.epson(found::add);
    for (byte b : bytes("12 5F 54 4D 2D 54 38 38 56 00 12")) epson.read(b);

    assertThat(found)
        .containsExactly(
            new Answer.RealTime(0x12), new Answer.Text("TM-T88V"), new Answer.RealTime(0x12));
  }

  @Test
  void aNameWithoutAnEndSwallowsNoMoreThanAName() {
    List<Answer> found = new ArrayList<>();
    AnswerReader epson = AnswerReader.epson(found::add);
    epson.read((byte) 0x5F);
    for (int i = 0; i < AnswerReader.TEXT_MAX; i++) epson.read((byte) 'X');
    epson.read((byte) 0x1E);

    assertThat(found).containsExactly(new Answer.RealTime(0x1E));
  }

  @Test
  void aBlockThatWasCutDoesNotSwallowTheNextOnceItIsForgotten() {
    List<Answer> found = new ArrayList<>();
    AnswerReader vkp80 = AnswerReader.vkp80(found::add);
    for (byte b : bytes("10 0F 00")) vkp80.read(b);
    vkp80.forget();
    for (byte b : bytes("10 0F 20 00 00 00")) vkp80.read(b);

    assertThat(found).containsExactly(new Answer.Full(0x20, 0, 0, 0));
  }

  private static String words(Answer answer) {
    return switch (answer) {
      case Answer.RealTime(int bits) -> "real-time %02X".formatted(bits);
      case Answer.InStream(int bits) -> "in-stream %02X".formatted(bits);
      case Answer.Automatic(int first, int second, int third) ->
          "automatic %02X %02X %02X".formatted(first, second, third);
      case Answer.Text(String text) -> "text " + text;
      case Answer.Counted(long count, String unit) -> count + " " + unit;
      case Answer.Full full -> "paper %02X".formatted(full.paper());
    };
  }

  private static String words(PrinterStatus status) {
    DeviceStatus device = status.device();
    return Stream.concat(Stream.of(device.detail()), device.warnings().stream())
        .collect(Collectors.joining("; "));
  }
}
