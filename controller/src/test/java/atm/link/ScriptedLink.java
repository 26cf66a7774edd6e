package atm.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A device made of a script, one step a line: `> hex` wants these bytes from the driver (`**` any
/// byte), `< hex` answers with those, `pause` says nothing more until `resume`, `cut` ends the
/// link, `# …` is a comment. Answers come within the call that asked for them. This is also the
/// form of a protocol's `.vectors` and of a recorded trace.
public final class ScriptedLink implements ByteLink {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final String ANY = "**";

  private final Deque<String> script = new ArrayDeque<>();
  private final List<String> complaints = new ArrayList<>();
  private final Promise<IOException> ended = Promise.promise();
  private Consumer<Buffer> onBytes = _ -> {};
  private Buffer sent = Buffer.buffer();

  public ScriptedLink(String... lines) {
    this(List.of(lines));
  }

  public ScriptedLink(List<String> lines) {
    for (String line : lines) {
      String step = line.strip();
      if (step.isEmpty() || step.startsWith("#")) continue;
      if (!step.matches("([<>] .*|pause|cut)") || step.startsWith("< ") && step.contains(ANY)) {
        throw new IllegalArgumentException(
            "\"" + step + "\", wanted `> hex`, `< hex` with every byte, `pause` or `cut`");
      }
      script.add(step);
    }
  }

  /// A device that says again what a recorded one said: a link for each of its connections, all but
  /// the last cut where they were lost. What a recording masks must be put in by hand where the
  /// device said it; what the driver said may be anything there.
  ///
  /// @param trace lines of a `WireRecording`
  /// @param wire the device's name in them
  public static List<ScriptedLink> replaying(List<String> trace, String wire) {
    Pattern line = Pattern.compile("\\S+ " + Pattern.quote(wire) + " ([<>.] .*)");
    List<List<String>> connections = new ArrayList<>();
    for (String recorded : trace) {
      Matcher matcher = line.matcher(recorded);
      if (!matcher.matches()) continue;
      String said = matcher.group(1);
      if (said.startsWith(". connected to ")) {
        if (!connections.isEmpty()) connections.getLast().add("cut");
        connections.add(new ArrayList<>());
      } else if (!said.startsWith(". ")) {
        connections.getLast().add(said);
      }
    }
    return connections.stream().map(ScriptedLink::new).toList();
  }

  /// Hands these links out, one at each opening; after the last there is none to be had.
  public static ByteConnector connector(List<ScriptedLink> links) {
    Deque<ScriptedLink> left = new ArrayDeque<>(links);
    return new ByteConnector() {
      @Override
      public Future<ByteLink> open(Duration within) {
        return left.isEmpty()
            ? Future.failedFuture(new IOException("script: no more connections"))
            : Future.succeededFuture(left.remove());
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  /// The script with one byte of its answers changed.
  ///
  /// @param at counted from 0 over all that the device says
  public static List<String> corrupted(List<String> lines, int at, int change) {
    List<String> harmed = new ArrayList<>();
    int before = 0;
    for (String line : lines) {
      if (!line.startsWith("< ")) {
        harmed.add(line);
        continue;
      }
      byte[] bytes = HEX.parseHex(line.substring(2));
      if (at >= before && at < before + bytes.length) bytes[at - before] ^= (byte) change;
      before += bytes.length;
      harmed.add("< " + HEX.formatHex(bytes));
    }
    return harmed;
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

  /// Goes on after a `pause`.
  public void resume() {
    if ("pause".equals(script.peek())) script.remove();
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
        complain("unwanted: " + HEX.formatHex(sent.getBytes()));
        return;
      }
      String[] wanted = script.peek().substring(2).split(" ");
      int length = Math.min(wanted.length, sent.length());
      if (!fits(Arrays.copyOf(wanted, length), sent)) {
        complain(
            "sent " + HEX.formatHex(sent.getBytes()) + ", wanted " + script.peek().substring(2));
        return;
      }
      if (sent.length() < wanted.length) return;
      sent = sent.getBuffer(wanted.length, sent.length());
      script.remove();
      play();
    }
  }

  private static boolean fits(String[] wanted, Buffer sent) {
    for (int i = 0; i < wanted.length; i++) {
      boolean any = wanted[i].equals(ANY);
      if (!any && HexFormat.fromHexDigits(wanted[i]) != (sent.getByte(i) & 0xFF)) return false;
    }
    return true;
  }

  private void complain(String what) {
    complaints.add(what);
    sent = Buffer.buffer();
  }

  private void play() {
    while (!script.isEmpty() && !script.peek().matches("> .*|pause")) {
      String step = script.remove();
      if (step.equals("cut")) fail(new IOException("script: cut"));
      else if (!ended.future().isComplete()) {
        onBytes.accept(Buffer.buffer(HEX.parseHex(step.substring(2))));
      }
    }
  }
}
