package atm.driver.xfs4iot;

import atm.device.DeviceException;
import atm.device.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which version of each command to send, agreed from what the service lists (§5): the listed one
/// whose major is ours, letter for letter, because KAL's services compare the whole string.
final class Versions {
  /// Commands whose major in release 2024-03 is not 2.
  private static final Set<String> OF_MAJOR_3 =
      Set.of(
          "CashDispenser.Dispense",
          "KeyManagement.ImportKey",
          "Printer.PrintRaw",
          "Printer.ControlMedia",
          "Printer.RetractMedia",
          "Printer.Reset");

  /// Sent before anything is agreed.
  static final Versions NONE_YET = new Versions(Map.of());

  private final Map<String, List<String>> listed;

  private Versions(Map<String, List<String>> listed) {
    this.listed = listed;
  }

  /// Reads `interfaces` of a Capabilities completion.
  static Versions listedIn(JsonObject capabilities) {
    Map<String, List<String>> listed = new HashMap<>();
    for (Object each : capabilities.getJsonArray("interfaces", new JsonArray())) {
      if (!(each instanceof JsonObject face)) continue;
      String name = face.getString("name", "");
      for (var command : face.getJsonObject("commands", new JsonObject())) {
        if (!(command.getValue() instanceof JsonObject entry)) continue;
        listed.put(key(name, command.getKey()), texts(entry.getJsonArray("versions")));
      }
    }
    return new Versions(listed);
  }

  boolean has(String command) {
    return listed.getOrDefault(key("", command), List.of()).stream()
        .anyMatch(version -> majorOf(version) == ourMajor(command));
  }

  /// The version to send; throws `UNSUPPORTED` where the service lists none we speak.
  String of(String command) {
    List<String> offered = listed.getOrDefault(key("", command), List.of());
    for (String version : offered) {
      if (majorOf(version) == ourMajor(command)) return version;
    }
    // Common is what the list itself is asked with; not each service lists it.
    if (offered.isEmpty() && command.matches("(Common|ServicePublisher)\\..*")) return "2.0";
    throw new DeviceException(
        new Fault(
            Fault.Code.UNSUPPORTED,
            command
                + (offered.isEmpty() ? " is not listed by the service" : " is listed as " + offered)
                + ", wanted "
                + ourMajor(command)
                + ".x"));
  }

  /// The commands for which the service must be told our major, because it knows several.
  JsonObject toChoose() {
    JsonObject chosen = new JsonObject();
    OUR_COMMANDS.forEach(
        command -> {
          long majors =
              listed.getOrDefault(key("", command), List.of()).stream()
                  .map(Versions::majorOf)
                  .distinct()
                  .count();
          if (majors > 1 && has(command)) chosen.put(command, ourMajor(command));
        });
    return chosen;
  }

  private static int ourMajor(String command) {
    return OF_MAJOR_3.contains(command) ? 3 : 2;
  }

  private static int majorOf(String version) {
    return version.matches("[1-9]\\d{0,3}\\.\\d{1,4}")
        ? Integer.parseInt(version.substring(0, version.indexOf('.')))
        : 0;
  }

  // KAL writes interface names in camelCase (§10), so case does not count.
  private static String key(String face, String command) {
    String whole = command.contains(".") ? command : face + "." + command;
    return whole.toLowerCase(Locale.ROOT);
  }

  private static List<String> texts(JsonArray versions) {
    List<String> texts = new ArrayList<>();
    if (versions != null) {
      versions.forEach(
          version -> {
            if (version instanceof String text) texts.add(text);
          });
    }
    return texts;
  }

  private static final List<String> OUR_COMMANDS =
      List.of(
          "CardReader.ReadRawData",
          "CardReader.Move",
          "CardReader.Reset",
          "Keyboard.PinEntry",
          "Keyboard.DataEntry",
          "Keyboard.Reset",
          "PinPad.GetPinBlock",
          "KeyManagement.ImportKey",
          "KeyManagement.GetKeyDetail",
          "CashDispenser.Dispense",
          "CashDispenser.Present",
          "CashDispenser.Reject",
          "CashDispenser.GetPresentStatus",
          "CashAcceptor.CashInStart",
          "CashAcceptor.CashIn",
          "CashAcceptor.CashInEnd",
          "CashAcceptor.CashInRollback",
          "CashAcceptor.GetCashInStatus",
          "CashManagement.GetBankNoteTypes",
          "CashManagement.Retract",
          "CashManagement.Reset",
          "Storage.GetStorage",
          "Printer.PrintRaw",
          "Printer.ControlMedia",
          "Printer.RetractMedia",
          "Printer.Reset");
}
