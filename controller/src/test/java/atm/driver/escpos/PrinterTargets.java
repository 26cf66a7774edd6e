package atm.driver.escpos;

import atm.fuzz.Target;
import java.net.ProtocolException;
import java.util.List;

public final class PrinterTargets {
  private PrinterTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("escpos", ProtocolException.class, b -> read(AnswerReader.epson(answer()), b)),
        Target.of("vkp80", ProtocolException.class, b -> read(AnswerReader.vkp80(answer()), b)));
  }

  private static void read(AnswerReader reader, byte[] bytes) {
    for (byte b : bytes) reader.read(b);
  }

  private static java.util.function.Consumer<Answer> answer() {
    return answer -> {
      switch (answer) {
        case Answer.RealTime(int b) -> Target.said(PrinterStatus.epson(b, b, b).device());
        case Answer.InStream _ -> {}
        case Answer.Automatic block -> Target.said(PrinterStatus.of(block).device());
        case Answer.Text _ -> {}
        case Answer.Counted counter -> Target.said(counter);
        case Answer.Full full -> Target.said(PrinterStatus.of(full).device());
      }
    };
  }
}
