package atm.driver.xfs4iot;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A completion of a dispense, read as the driver reads it.
@State(Scope.Thread)
public class MessageJmh {
  private final String text =
      """
      {"header":{"type":"completion","name":"CashDispenser.Dispense","version":"2.0","requestId":17,
      "completionCode":"commandErrorCode"},"payload":{"errorCode":"notDispensable",
      "denomination":{"currencies":{"EUR":60.0},"values":{"C1":1,"C3":1}}}}\
      """;

  @Benchmark
  public Object readMessage() {
    return Message.parse(text);
  }
}
