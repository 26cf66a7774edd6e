package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/// What may be shown of a message.
class MaskTest {
  @Test
  void tracksPinBlocksKeysNoncesAndTokensAreGone() {
    JsonObject message =
        new JsonObject(
            """
            {"header": {"type": "completion", "name": "X.Y", "requestId": 123456789012345},
             "payload": {
               "track2": {"data": "NDAwMD0yOTEy"},
               "pinBlock": "q83v", "commandNonce": "1A2B", "token": "NONCE=1", "value": "AAEC",
               "customerData": "400000123456", "randomNumber": "Zm9v",
               "deep": [{"keyToken": "x"}, "4000001234567899"],
               "odd": "see 00112233445566778899aabbccddeeff there",
               "new": "EBESExQVFhcYGRobHB0eHw=="}}
            """);
    assertThat(Mask.of(message).getJsonObject("payload").encode())
        .doesNotContain("NDAw", "q83v", "1A2B", "NONCE", "AAEC", "4000001", "Zm9v", "\"x\"")
        .doesNotContain("00112233", "EBES")
        .contains("see •••• (32 characters) there");
    assertThat(message.encode()).as("the message itself").contains("NDAwMD0yOTEy");
  }

  @Test
  void whatIsNoSecretStays() {
    JsonObject message =
        new JsonObject(
            """
            {"header": {"type": "completion", "name": "CashDispenser.Dispense", "requestId": 7,
                        "completionCode": "success"},
             "payload": {"denomination": {"currencies": {"EUR": 60.0}, "values": {"unit1": 3}},
               "bunches": "1", "none": null, "track2": true,
               "status": "notEnoughItemsInTheCashUnitToDispenseThis",
               "detail": "cassette C2: 1998 notes of 20 EUR, initial 2000"}}
            """);
    assertThat(Mask.of(message)).isEqualTo(message);
  }
}
