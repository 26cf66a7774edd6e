package atm.machine;

import atm.bench.Rates;
import atm.bench.Row;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// From a key pressed in the simulator to the frame that shows it, beside an echo of the same
/// bridge: a request for the screen, its answer written into a page, and the next frame.
final class PaintBench {
  private static final int KEYS = 120;

  /// The next frame, and a task after it: then it has been painted.
  private static final String PAINTED =
      """
      const painted = () => new Promise((done) =>
        requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
      """;

  private static final String ECHO =
      """
      async (n) => {
      """
          + PAINTED
          + """
            const { Bus, bridgeUrl } = await import('/js/bus.js');
            const bus = new Bus(bridgeUrl('/bus/kiosk', location.href));
            await new Promise((up) => { bus.onUp = up; bus.connect(); });
            const text = document.body.appendChild(document.createElement('p'));
            const times = [];
            for (let i = 0; i < n; i++) {
              const began = performance.now();
              const model = await bus.request('ui.snapshot', {});
              text.textContent = i + model.screen;
              await painted();
              times.push(performance.now() - began);
            }
            bus.close();
            return times;
          }
          """;

  private static final String KEY =
      """
      async ([n, backDoor]) => {
      """
          + PAINTED
          + """
            const target = document.querySelector('atm-screen');
            const times = [];
            for (let i = 0; i < n; i++) {
              const before = target.model.seq;
              const began = performance.now();
              fetch(backDoor + '/sim/pin-pad/press', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ key: i % 2 ? 'clear' : '5' }) });
              while (target.model.seq === before) await new Promise((next) => { const c = new MessageChannel(); c.port1.onmessage = next; c.port2.postMessage(0); });
              await target.updateComplete;
              await painted();
              times.push(performance.now() - began);
            }
            return times;
          }
          """;

  private PaintBench() {}

  static List<Row> run(Chromium chromium, Stranger customer, int port, int backDoorPort) {
    try (BrowserContext context = chromium.browser().newContext()) {
      List<Response> loaded = new ArrayList<>();
      Page page = context.newPage();
      // As at a kiosk: no simulator around the screen, and nothing of one loaded.
      page.route(
          "**/kiosk.json",
          route -> route.fulfill(new Route.FulfillOptions().setBody("{\"simulator\":null}")));
      page.onResponse(loaded::add);
      page.navigate("http://localhost:" + port + "/");
      page.waitForSelector("body[data-screen=idle]");
      double kiosk = kilobytes(List.copyOf(loaded));
      customer.sees("idle");
      customer.inserts("alice");
      customer.sees("pin");
      customer.types("1234").presses("enter");
      customer.sees("menu");
      customer.chooses("withdraw");
      customer.sees("fast-cash");
      customer.chooses("other-amount");
      customer.sees("amount");
      page.waitForSelector("body[data-screen=amount]");
      List<double[]> turns = new ArrayList<>();
      for (int turn = 0; turn < 4; turn++) {
        turns.add(times(page.evaluate(ECHO, KEYS)));
        turns.add(times(page.evaluate(KEY, List.of(KEYS, "http://localhost:" + backDoorPort))));
      }
      // The first of each warmed things up.
      double echo = Rates.median(all(turns.get(2), turns.get(4), turns.get(6)));
      double[] keys = all(turns.get(3), turns.get(5), turns.get(7));
      customer.presses("cancel");
      customer.sees("take-card");
      customer.takes("card-reader");
      double median = Rates.median(keys);
      return List.of(
          new Row(
              "key → paint, median",
              Row.said("%.1f ms", median),
              Row.said("echo %.1f ms", echo),
              Row.said("%.2f ×", median / echo),
              "≤ 1.30 ×: " + (median <= 1.3 * echo ? "met" : "**missed**")),
          Row.limit("key → paint, 99 of 100", Rates.quantile(0.99, keys), "ms", 150),
          Row.limit("kiosk page, gzipped, without fonts", kiosk, "KB", 60));
    }
  }

  /// What a kiosk loads but for its fonts, gzipped.
  private static double kilobytes(List<Response> loaded) {
    int bytes = 0;
    for (Response response : loaded) {
      if (!response.url().endsWith(".woff2")) bytes += gzipped(response.body());
    }
    return bytes / 1024.0;
  }

  private static int gzipped(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size();
  }

  private static double[] times(Object list) {
    return ((List<?>) list).stream().mapToDouble(t -> ((Number) t).doubleValue()).toArray();
  }

  private static double[] all(double[]... parts) {
    return java.util.Arrays.stream(parts).flatMapToDouble(java.util.Arrays::stream).toArray();
  }
}
