package atm.driver.crt310;

import atm.link.ByteLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// A CRT-310 that gives the published answer to each command, from the start again at each cold
/// reset, but for those that a test makes bad. Answers come within the call that asked for them.
final class AnsweringUnit implements ByteLink {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final String COLD_RESET = "02 00 02 37 30 03 04";

  private final Map<String, List<String>> answers = new LinkedHashMap<>();
  private final Map<String, Integer> asked = new LinkedHashMap<>();
  private final List<String> executed = new ArrayList<>();
  private final Promise<IOException> ended = Promise.promise();
  private final int badAt;
  private final Function<Buffer, Buffer> bad;
  private Consumer<Buffer> onBytes = _ -> {};
  private String command = "";

  /// @param badAt which answer is bad, counted from 0; all to the same command as that one are
  /// @param bad makes it of the good one; of none, the line is cut
  AnsweringUnit(List<String> exchanges, int badAt, Function<Buffer, Buffer> bad) {
    for (int i = 0; i < exchanges.size(); i += 4) {
      answers
          .computeIfAbsent(exchanges.get(i).substring(2), _ -> new ArrayList<>())
          .add(exchanges.get(i + 3).substring(2));
    }
    this.badAt = badAt;
    this.bad = bad;
  }

  /// The commands that got as far as to be executed.
  List<String> executed() {
    return executed;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    if (ended.future().isComplete()) return Future.failedFuture(ended.future().result());
    if (bytes.length() > 1) {
      command = HEX.formatHex(bytes.getBytes());
      onBytes.accept(Buffer.buffer(new byte[] {0x06}));
    } else {
      execute();
    }
    return Future.succeededFuture();
  }

  private void execute() {
    executed.add(command);
    if (command.equals(COLD_RESET)) asked.clear();
    // A card is only asked further than the script where an answer was bad: then it knows nothing.
    List<String> known =
        answers.getOrDefault(command, List.of("02 00 07 37 31 59 00 02 6D 00 03 36"));
    int times = asked.merge(command, 1, Integer::sum);
    String good = known.get(Math.min(times, known.size()) - 1);
    Buffer answer = Buffer.buffer(HEX.parseHex(good));
    if (executed.size() > badAt && command.equals(executed.get(badAt))) answer = bad.apply(answer);
    if (answer.length() > 0) onBytes.accept(answer);
    else fail(new IOException("the line was cut"));
  }

  @Override
  public String at() {
    return "unit";
  }

  @Override
  public void onBytes(Consumer<Buffer> handler) {
    onBytes = handler;
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
    fail(new IOException("closed by us"));
    return Future.succeededFuture();
  }
}
