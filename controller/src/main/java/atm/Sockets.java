package atm;

import atm.link.SerialPorts;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.smartcardio.CardException;
import javax.smartcardio.TerminalFactory;

/// What of this computer a device can be plugged into, as Linux names it.
final class Sockets {
  private static final Pattern INPUT =
      Pattern.compile("N: Name=\"(.*)\"\\R(?:.*\\R)*?H: Handlers=.*?(event\\d+)");

  private Sockets() {}

  /// By kind: an address for `devices.yaml` first, then what is known of it.
  static Map<String, List<String>> ofThisComputer() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    List<String> serial = new ArrayList<>();
    SerialPorts.all().forEach((at, what) -> serial.add(at + "   " + what));
    all.put("serial ports", serial);
    all.put("GPIO chips", chips(Path.of("/dev"), Path.of("/sys/bus/gpio/devices")));
    all.put(
        "input devices", inputs(Path.of("/proc/bus/input/devices"), Path.of("/dev/input/by-id")));
    all.put("smart-card readers", readers());
    return all;
  }

  /// @param labels where the kernel keeps a folder for each chip; what is in `label` says whose
  /// it is
  static List<String> chips(Path devices, Path labels) {
    List<String> chips = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(devices, "gpiochip*")) {
      for (Path chip : files) {
        Path label = labels.resolve(chip.getFileName()).resolve("label");
        String says = Files.isReadable(label) ? "   " + Files.readString(label).strip() : "";
        String open = Files.isWritable(chip) ? "" : "   (may not be opened: join the group gpio)";
        chips.add("gpio:" + chip + says + open);
      }
    } catch (IOException unreadable) {
      chips.add("cannot be listed: " + unreadable.getMessage());
    }
    chips.sort(null);
    return chips;
  }

  /// @param names where the system keeps a name for each that finds it again in another socket
  static List<String> inputs(Path kernelsList, Path names) {
    if (!Files.isReadable(kernelsList)) return List.of();
    List<String> inputs = new ArrayList<>();
    Map<String, String> named = byFile(names);
    try {
      for (String device : Files.readString(kernelsList).split("\\R\\R")) {
        Matcher found = INPUT.matcher(device);
        if (!found.find()) continue;
        String file = found.group(2);
        inputs.add(
            "evdev:" + named.getOrDefault(file, "/dev/input/" + file) + "   " + found.group(1));
      }
    } catch (IOException unreadable) {
      inputs.add("cannot be listed: " + unreadable.getMessage());
    }
    return inputs;
  }

  private static Map<String, String> byFile(Path names) {
    Map<String, String> byFile = new LinkedHashMap<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(names)) {
      for (Path link : links) {
        byFile.put(link.toRealPath().getFileName().toString(), link.toString());
      }
    } catch (IOException none) {
      // Without anything at USB there is no such folder.
    }
    return byFile;
  }

  private static List<String> readers() {
    TerminalFactory factory = TerminalFactory.getDefault();
    // What the library falls back to when the service does not answer.
    if (factory.getType().equals("None")) {
      return List.of("none: the service pcscd does not run (sudo apt-get install pcscd libccid)");
    }
    try {
      return factory.terminals().list().stream()
          .map(terminal -> addressOf(terminal.getName()) + "   " + terminal.getName())
          .toList();
    } catch (CardException stopped) {
      return List.of("cannot be listed, the service pcscd stopped: " + stopped.getMessage());
    }
  }

  /// Of a reader, by its name as the service has it.
  static String addressOf(String reader) {
    try {
      return new URI("pcsc", reader, null).toString();
    } catch (URISyntaxException strange) {
      return "pcsc:first";
    }
  }
}
