package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sim.xfs4iot.MessageTable.Strictness;

/// The table finds nothing wrong with the sheet's own messages, and something with each bent one.
class MessageTableTest {
  private static final MessageTable TABLE = MessageTable.load();

  static Stream<String> composed() {
    return Vectors.messages(section -> !section.equals("9.0"));
  }

  static Stream<String> found() {
    return Vectors.messages(section -> section.equals("9.0"));
  }

  @ParameterizedTest
  @MethodSource("composed")
  void theMessagesOfTheSheetAreStrictlyRight(String message) {
    assertThat(TABLE.complaints(Json.read(message), Strictness.WRITING)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("found")
  void messagesFoundInTheFieldCanBeRead(String message) {
    assertThat(TABLE.complaints(Json.read(message), Strictness.READING)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payload.minLen: saw nothing       | {}
          payload.minLen: saw -1            | {"minLen":-1}
          payload.minLen: saw 4.5           | {"minLen":4.5}
          payload.minLen: saw a string      | {"minLen":"4"}
          payload.minLen: saw null          | {"minLen":null}
          payload.autoEnd: saw a string     | {"minLen":4,"autoEnd":"yes"}
          payload.activeKeys: saw an array  | {"minLen":4,"activeKeys":[]}
          payload.activeKeys: saw the name  | {"minLen":4,"activeKeys":{"fdk33":{}}}
          payload.activeKeys.one: saw true  | {"minLen":4,"activeKeys":{"one":true}}
          payload: saw an array             | []
          """)
  void eachBentPinEntryIsNamedByPath(String complaint, String payload) {
    Object bent = Json.read("{\"payload\":" + payload + "}").getValue("payload");
    JsonObject message = TestClient.command("Keyboard.PinEntry", "2.0", 1).put("payload", bent);
    for (Strictness strictness : Strictness.values()) {
      assertThat(TABLE.complaints(message, strictness))
          .singleElement()
          .asString()
          .startsWith(complaint)
          .contains("wanted");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CardReader.Move         | {"from":"slot"}                              | like ^exit
          CardReader.Move         | {"from":"exit\\n"}                            | like ^exit
          CardReader.Reset        | {"to":"Exit"}                                | one of [auto
          PinPad.GetPinBlock      | {"padding":16,"format":"iso0"}               | at most 15
          Printer.PrintRaw        | {"data":"QVR"}                               | base64
          Printer.PrintRaw        | {"data":"QV=R"}                              | base64
          Keyboard.SecureKeyEntry | {"keyLen":17,"activeKeys":{},"verificationType":"self"} | [16, 32
          Common.Cancel           | {"requestIds":[1,0]}                         | at least 1
          """)
  void enumsPatternsAndBoundsHold(String name, String payload, String wanted) {
    JsonObject message = command(name).put("payload", Json.read(payload));
    assertThat(TABLE.complaints(message, Strictness.READING))
        .singleElement()
        .asString()
        .contains(wanted);
  }

  @Test
  void aReaderIgnoresUnknownPropertiesAndAWriterMayNotSendThem() {
    JsonObject message =
        command("CardReader.Move").put("payload", new JsonObject().put("speed", 1));
    assertThat(TABLE.complaints(message, Strictness.READING)).isEmpty();
    assertThat(TABLE.complaints(message, Strictness.WRITING))
        .singleElement()
        .asString()
        .startsWith("payload.speed: saw an unknown property, wanted one of [")
        .contains("from", "to");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          header.type      | {"type":"order","name":"Common.Status","version":"2.0","requestId":1}
          header.name: saw Status | {"type":"command","name":"Status","version":"2.0","requestId":1}
          header.name      | {"type":"command","name":"Common.Sing","version":"2.0","requestId":1}
          header.version: saw 02.0 | {"type":"command","name":"Common.Status","version":"02.0","requestId":1}
          header.version   | {"type":"command","name":"CardReader.Move","version":"7.0","requestId":1}
          header.requestId | {"type":"command","name":"Common.Status","version":"2.0"}
          header.requestId | {"type":"command","name":"Common.Status","version":"2.0","requestId":1.0}
          header.timeout   | {"type":"command","name":"Common.Status","version":"2.0","requestId":1,"timeout":-1}
          header.status    | {"type":"command","name":"Common.Status","version":"2.0","requestId":1,"status":"x"}
          header.colour    | {"type":"command","name":"Common.Status","version":"2.0","requestId":1,"colour":"x"}
          header.completionCode | {"type":"completion","name":"CardReader.Move","version":"2.0","requestId":1,"completionCode":"fine"}
          header.requestId | {"type":"unsolicited","name":"CardReader.MediaRemovedEvent","version":"2.0","requestId":1}
          payload.errorCode | {"type":"completion","name":"CardReader.Move","version":"2.0","requestId":1,"completionCode":"commandErrorCode"}
          """)
  void headersAreHeldToSection2(String where, String header) {
    JsonObject message = new JsonObject().put("header", Json.read(header));
    assertThat(TABLE.complaints(message, Strictness.WRITING))
        .singleElement()
        .asString()
        .startsWith(where);
  }

  @Test
  void secretsAreNotQuotedInComplaints() {
    JsonObject payload =
        new JsonObject().put("padding", 0).put("format", "iso0").put("customerData", "4000-0012");
    List<String> complaints =
        TABLE.complaints(command("PinPad.GetPinBlock").put("payload", payload), Strictness.READING);
    assertThat(complaints).singleElement().asString().contains("9 characters");
    assertThat(complaints.toString()).doesNotContain("4000");
  }

  @Test
  void patternsThatBacktrackAreGivenUp() {
    // A page range of the table: cubic on this text, 1.3 s each time without the bound.
    Pattern pages = Schema.pattern("^(([0-9]+|[0-9]+-[0-9]+),)*([0-9]+|[0-9]+-[0-9]+)+$|^ALL$");
    assertThat(Schema.Watched.matches(pages, "1-3,7,12-20")).isTrue();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 10; i++) {
            assertThat(Schema.Watched.matches(pages, "1".repeat(2047) + "x")).isFalse();
          }
        });
    assertThat(Schema.Watched.matches(pages, "1,".repeat(100_000) + "1")).isFalse();
  }

  @Test
  void aMegabyteOfBase64NeedsNoStack() {
    JsonObject payload = new JsonObject().put("data", "QUJD".repeat(262_144));
    assertThat(
            TABLE.complaints(
                command("Printer.PrintRaw").put("payload", payload), Strictness.WRITING))
        .isEmpty();
  }

  @Test
  void theAmountOfComplaintsIsBounded() {
    JsonObject payload = new JsonObject();
    JsonArray ids = new JsonArray();
    for (int i = 0; i < 1000; i++) ids.add("x");
    payload.put("requestIds", ids);
    assertThat(
            TABLE.complaints(command("Common.Cancel").put("payload", payload), Strictness.READING))
        .hasSize(20);
  }

  private static JsonObject command(String name) {
    return TestClient.command(
        name, TABLE.version(name, MessageTable.Kind.COMMAND).orElseThrow(), 1);
  }
}
