package sim.xfs4iot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sim.mechanics.Key;

/// PIN entry, data entry, keys and PIN blocks, as sections 9.4 and 9.5 of the sheet tell them.
class PinPadServiceTest {
  /// The PIN key of section 9.5; its check value there is 86A5F0.
  private static final byte[] PIN_KEY = HexFormat.of().parseHex("2A7F151629AED3A7ABF7158908CE4F3D");

  @TempDir Path folder;
  private TestMachine machine;
  private TestClient client;

  @BeforeEach
  void start() {
    machine = new TestMachine(folder);
    client = machine.client("pin-pad");
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  private static JsonObject keys(String terminating, String... others) {
    JsonObject keys = new JsonObject();
    for (String key : terminating.split(" "))
      keys.put(key, new JsonObject().put("terminate", true));
    for (String key : others) keys.put(key, new JsonObject().put("terminate", false));
    return keys;
  }

  private static JsonObject pin() {
    return new JsonObject()
        .put("minLen", 4)
        .put("maxLen", 6)
        .put("autoEnd", false)
        .put(
            "activeKeys",
            keys("enter cancel", "one", "two", "three", "four", "clear", "backspace"));
  }

  private void press(Key... keys) {
    for (Key key : keys) machine.hands(() -> machine.pad.press(key));
  }

  private JsonObject enterPin(Key... keys) {
    long id = client.send("Keyboard.PinEntry", pin());
    client.event("Keyboard.EnterDataEvent");
    press(keys);
    return client.succeeded(id);
  }

  @Test
  void aPinIsEnteredAndNoDigitLeavesThePad() {
    JsonObject done =
        enterPin(Key.D1, Key.CLEAR, Key.D1, Key.D2, Key.D3, Key.D9, Key.D4, Key.ENTER);
    assertThat(done).isEqualTo(new JsonObject().put("digits", 4).put("completion", "enter"));
    List<String> completions =
        List.of("continue", "clear", "continue", "continue", "continue", "continue", "enter");
    for (String completion : completions) {
      JsonObject key = client.event("Keyboard.KeyEvent").getJsonObject("payload");
      assertThat(key.getString("completion")).isEqualTo(completion);
      assertThat(key.containsKey("digit")).isEqualTo(!completion.equals("continue"));
    }
  }

  @Test
  void theCustomersCancelIsASuccess() {
    assertThat(enterPin(Key.D1, Key.CANCEL).getString("completion")).isEqualTo("cancel");
  }

  @Test
  void aCancelledEntryLeavesNoPin() {
    long id = client.send("Keyboard.PinEntry", pin());
    client.event("Keyboard.EnterDataEvent");
    press(Key.D1, Key.D2, Key.D3, Key.D4);
    client.succeed("Common.Cancel");
    assertThat(TestClient.code(client.completion(id))).isEqualTo("canceled");
    importKey("T", PIN_KEY);
    assertThat(TestClient.error(client.call("PinPad.GetPinBlock", block("iso0", "40000012345678"))))
        .isEqualTo("noPin");
  }

  @Test
  void dataIsEnteredInClearAndTheFunctionKeysHaveTheirNames() {
    JsonObject asked =
        new JsonObject()
            .put("maxLen", 8)
            .put("autoEnd", false)
            .put("activeKeys", keys("enter fdk01 fdk05", "one", "two"));
    long id = client.send("Keyboard.DataEntry", asked);
    client.event("Keyboard.EnterDataEvent");
    press(Key.D1, Key.D2, Key.B, Key.F);
    JsonObject done = client.succeeded(id);
    assertThat(done.getString("completion")).isEqualTo("fdk");
    assertThat(done.getInteger("keys")).isEqualTo(3);
    assertThat(done.getJsonArray("pinKeys"))
        .isEqualTo(
            new JsonArray(
                "[{\"completion\":\"continue\",\"digit\":\"one\"},"
                    + "{\"completion\":\"continue\",\"digit\":\"two\"},"
                    + "{\"completion\":\"fdk\",\"digit\":\"fdk05\"}]"));
  }

  @Test
  void theLastDigitEndsAnEntryOfFixedLength() {
    JsonObject asked =
        new JsonObject()
            .put("maxLen", 2)
            .put("autoEnd", true)
            .put("activeKeys", keys("enter", "one"));
    long id = client.send("Keyboard.DataEntry", asked);
    client.event("Keyboard.EnterDataEvent");
    press(Key.D1, Key.D1);
    assertThat(client.succeeded(id).getString("completion")).isEqualTo("auto");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"minLen":4,"maxLen":6}                                                     | noActivekeys
          {"minLen":4,"maxLen":6,"activeKeys":{"help":{"terminate":true}}}            | keyNotSupported
          {"minLen":4,"maxLen":6,"activeKeys":{"one":{"terminate":false}}}            | noTerminatekeys
          {"minLen":7,"maxLen":6,"activeKeys":{"enter":{"terminate":true}}}           | minimumLength
          {"minLen":99999999999,"maxLen":6,"activeKeys":{"enter":{"terminate":true}}} | minimumLength
          """)
  void entriesThatCouldNeverEndAreRefused(String payload, String error) {
    assertThat(TestClient.error(client.call("Keyboard.PinEntry", Json.read(payload))))
        .isEqualTo(error);
  }

  // Keys and PIN blocks.

  private JsonObject importKey(String algorithm, byte[] key) {
    return client.succeed("KeyManagement.ImportKey", keyImport(algorithm, key));
  }

  private static JsonObject keyImport(String algorithm, byte[] key) {
    return new JsonObject()
        .put("key", "PinKey01")
        .put(
            "keyAttributes",
            new JsonObject()
                .put("keyUsage", "P0")
                .put("algorithm", algorithm)
                .put("modeOfUse", "E"))
        .put("value", Base64.getEncoder().encodeToString(wrap(key)))
        .put("decryptKey", "KEK01")
        .put("decryptMethod", "ecb")
        .put("verifyAttributes", new JsonObject().put("cryptoMethod", "kcvZero"));
  }

  private static byte[] wrap(byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(TestMachine.KEK, "AES"));
      return cipher.doFinal(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject block(String format, String customerData) {
    return new JsonObject()
        .put("customerData", customerData)
        .put("padding", 15)
        .put("format", format)
        .put("key", "PinKey01")
        .put("cryptoMethod", "ecb");
  }

  @Test
  void thePinBlockOfTheSheetComesOut() {
    JsonObject imported = importKey("T", PIN_KEY);
    assertThat(imported.getString("verificationData")).isEqualTo("hqXw");
    assertThat(imported.getInteger("keyLength")).isEqualTo(128);
    enterPin(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);
    assertThat(client.succeed("PinPad.GetPinBlock", block("iso0", "400000123456789")))
        .isEqualTo(new JsonObject().put("pinBlock", "K2oWjZ7FMOg="));
    assertThat(
            TestClient.error(client.call("PinPad.GetPinBlock", block("iso0", "400000123456789"))))
        .isEqualTo("noPin");
  }

  @Test
  void anAesBlockHasSixteenBytes() {
    importKey("A", new byte[32]);
    enterPin(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);
    String block =
        client
            .succeed("PinPad.GetPinBlock", block("iso4", "4000001234567899"))
            .getString("pinBlock");
    assertThat(Base64.getDecoder().decode(block)).hasSize(16);
  }

  @Test
  void aClearBlockAndAClearKeyAreRefused() {
    enterPin(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER);
    JsonObject clear = block("iso0", "400000123456789");
    clear.remove("key");
    assertThat(TestClient.code(client.call("PinPad.GetPinBlock", clear)))
        .isEqualTo("unsupportedData");
    assertThat(
            TestClient.error(client.call("PinPad.GetPinBlock", block("iso0", "400000123456789"))))
        .isEqualTo("keyNotFound");
    assertThat(TestClient.error(client.call("PinPad.GetPinBlock", block("visa", "40000012345678"))))
        .isEqualTo("formatNotSupported");
    JsonObject key = keyImport("T", PIN_KEY);
    key.remove("decryptKey");
    assertThat(TestClient.error(client.call("KeyManagement.ImportKey", key)))
        .isEqualTo("accessDenied");
  }

  @Test
  void keysAreListedDeletedAndWiped() {
    importKey("T", PIN_KEY);
    JsonObject details =
        client.succeed("KeyManagement.GetKeyDetail", new JsonObject()).getJsonObject("keyDetails");
    assertThat(details.fieldNames()).containsExactlyInAnyOrder("KEK01", "PinKey01");
    client.succeed("KeyManagement.DeleteKey", new JsonObject().put("key", "PinKey01"));
    assertThat(
            TestClient.error(
                client.call("KeyManagement.DeleteKey", new JsonObject().put("key", "PinKey01"))))
        .isEqualTo("keyNotFound");
    importKey("T", PIN_KEY);
    client.succeed("KeyManagement.Initialization", new JsonObject());
    client.event("KeyManagement.InitializedEvent");
    assertThat(
            TestClient.error(
                client.call(
                    "KeyManagement.GetKeyDetail", new JsonObject().put("keyName", "PinKey01"))))
        .isEqualTo("keyNotFound");
  }

  @Test
  void layoutRandomNumbersAndResetsAreThere() {
    JsonObject layout =
        client
            .succeed("Keyboard.GetLayout", new JsonObject().put("entryMode", "pin"))
            .getJsonObject("layout");
    assertThat(layout.getJsonArray("pin")).hasSize(3);
    assertThat(
            TestClient.error(
                client.call("Keyboard.GetLayout", new JsonObject().put("entryMode", "secure"))))
        .isEqualTo("modeNotSupported");
    assertThat(client.succeed("Crypto.GenerateRandom"))
        .isNotEqualTo(client.succeed("Crypto.GenerateRandom"));
    for (String reset : List.of("Keyboard.Reset", "PinPad.Reset", "KeyManagement.Reset")) {
      client.succeed(reset);
    }
  }
}
