package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A device made of a script, one step a line: `> hex` wants these bytes from the driver, `< hex`
/// answers with those, `cut` ends the link, `# …` is a comment. Answers come within the call that
/// asked for them. This is also the form of a protocol's `.vectors` and of a recorded trace.
public final class ScriptedLink implements ByteLink {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private final Deque<String> script = new ArrayDeque<>();
  private final List<String> complaints = new ArrayList<>();
  private final Promise<IOException> ended = Promise.promise();
  private Consumer<Buffer> onBytes = _ -> {};
  private Buffer sent = Buffer.buffer();

  public ScriptedLink(String... lines) {
    this(List.of(lines));
  }

  public ScriptedLink(List<String> lines) {
    lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(script::add);
  }

  /// A device that says again what a recorded one said.
  ///
  /// @param trace lines of a `WireRecording`
  /// @param wire the device's name in them
  public static ScriptedLink replaying(List<String> trace, String wire) {
    Pattern line = Pattern.compile("\\S+ " + wire + " ([<>] [0-9A-F]{2}(?: [0-9A-F]{2})*)");
    return new ScriptedLink(
        trace.stream().map(line::matcher).filter(Matcher::matches).map(m -> m.group(1)).toList());
  }

  /// What the driver sent that the script did not want.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// What of the script was never reached.
  public List<String> left() {
    return List.copyOf(script);
  }

  /// Says what comes before the driver has to say anything.
  public void begin() {
    play();
  }

  @Override
  public String at() {
    return "script";
  }

  @Override
  public void onBytes(Consumer<Buffer> handler) {
    onBytes = handler;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    if (ended.future().isComplete()) return Future.failedFuture(ended.future().result());
    sent.appendBuffer(bytes);
    compare();
    return Future.succeededFuture();
  }

  @Override
  public Future<IOException> ended() {
    return ended.future();
  }

  @Override
  public void fail(IOException why) {
    ended.tryComplete(why);
  }

  @Override
  public Future<Void> close() {
    fail(new IOException("script: closed by us"));
    return Future.succeededFuture();
  }

  private void compare() {
    while (sent.length() > 0) {
      if (script.isEmpty() || !script.peek().startsWith("> ")) {
        complaints.add("unwanted: " + HEX.formatHex(sent.getBytes()));
        sent = Buffer.buffer();
        return;
      }
      Buffer wanted = Buffer.buffer(HEX.parseHex(script.peek().substring(2)));
      int length = Math.min(wanted.length(), sent.length());
      if (!sent.getBuffer(0, length).equals(wanted.getBuffer(0, length))) {
        complaints.add(
            "sent " + HEX.formatHex(sent.getBytes()) + ", wanted " + script.peek().substring(2));
        sent = Buffer.buffer();
        return;
      }
      if (sent.length() < wanted.length()) return;
      sent = sent.getBuffer(wanted.length(), sent.length());
      script.remove();
      play();
    }
  }

  private void play() {
    while (!script.isEmpty() && !script.peek().startsWith("> ")) {
      String step = script.remove();
      if (step.equals("cut")) fail(new IOException("script: cut"));
      else if (!ended.future().isComplete()) {
        onBytes.accept(Buffer.buffer(HEX.parseHex(step.substring(2))));
      }
    }
  }
}
