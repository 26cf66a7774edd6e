package sim.xfs4iot;

import java.util.Map;
import java.util.function.Function;
import sim.mechanics.PresentStatus;
import sim.mechanics.PresentStatus.Retracted;

/// The fields of a response token about the last dispense (sheet, section 6): what the host may
/// believe of it. Stateless.
final class PresentReport {
  private PresentReport() {}

  /// `KEY=value,` for each fact, in the order of the sheet; `amounts` turns notes into money.
  static String fields(
      PresentStatus last, Function<Map<String, Integer>, Map<String, Long>> amounts) {
    StringBuilder fields = new StringBuilder();
    if (!last.dispenseId().isEmpty()) field(fields, "DISPENSEID", last.dispenseId());
    Map<String, Long> dispensed = amounts.apply(last.dispensed());
    Map<String, Long> presented = amounts.apply(last.presented());
    Map<String, Long> retracted = amounts.apply(last.retractedCounts());
    int n = 0;
    for (var each : dispensed.entrySet()) {
      String currency = each.getKey();
      long out = presented.getOrDefault(currency, 0L);
      n++;
      field(fields, "DISPENSED" + n, Amounts.token(each.getValue(), currency));
      field(fields, "PRESENTED" + n, out > 0 ? "YES" : "NO");
      field(fields, "PRESENTEDAMOUNT" + n, Amounts.token(out, currency));
      field(fields, "RETRACTED" + n, last.retracted() == Retracted.NO ? "NO" : "YES");
      if (last.retracted() == Retracted.COUNTED) {
        long back = retracted.getOrDefault(currency, 0L);
        field(fields, "RETRACTEDAMOUNT" + n, Amounts.token(back, currency));
      } else if (last.retracted() == Retracted.UNCOUNTED) {
        field(fields, "RETRACTEDAMOUNT" + n, "?");
      }
    }
    // A token needs a field at least: nothing dispensed is a fact as well.
    if (fields.isEmpty()) field(fields, "PRESENTED1", "NO");
    return fields.toString();
  }

  private static void field(StringBuilder fields, String key, String value) {
    fields.append(key).append('=').append(value).append(',');
  }
}
