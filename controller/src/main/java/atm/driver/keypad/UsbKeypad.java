package atm.driver.keypad;

import atm.device.DeviceStatus;
import atm.device.Fault;
import atm.driver.LinkFaults;
import atm.link.Backoff;
import atm.link.Deadlines;
import atm.link.KeyConnector;
import atm.link.KeyLink;
import atm.link.KeyListener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A numeric keypad at USB. A press counts at once; repeats and releases mean nothing, and so does
/// NumLock, which some pads type around each key.
final class UsbKeypad extends SoftPinPad<KeyLink> {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /// A contact that bounces presses twice, as the sheet says.
  private static final long BOUNCE_MICROS = 20_000;

  private final KeyConnector connector;
  private final KeyCodes codes;

  UsbKeypad(
      Vertx vertx, KeyConnector connector, Deadlines deadlines, Backoff backoff, KeyCodes codes) {
    super(vertx, deadlines, backoff, codes.keys());
    this.connector = connector;
    this.codes = codes;
  }

  @Override
  protected Future<KeyLink> connect() {
    return connector.open(CONNECT_WITHIN);
  }

  @Override
  protected Future<DeviceStatus> prepare(KeyLink link) {
    link.ended().onSuccess(why -> lost(link, LinkFaults.of(kind(), why)));
    link.onKeys(new Fingers(link));
    identify(link.name());
    for (int code : link.downAtFirst()) {
      codes.meaning(code).ifPresent(_ -> stuck().stays(nameOf(code)));
    }
    return Future.succeededFuture(health());
  }

  @Override
  Future<Void> letGo(KeyLink link, Fault why) {
    link.fail(new IOException(why.detail()));
    return link.close();
  }

  @Override
  protected Future<Void> release() {
    return connector.close();
  }

  private static String nameOf(int code) {
    return "key " + code;
  }

  private final class Fingers implements KeyListener {
    private final KeyLink link;
    private final Map<Integer, Long> lastPress = new HashMap<>();

    Fingers(KeyLink link) {
      this.link = link;
    }

    @Override
    public void pressed(int code, long atMicros) {
      codes
          .meaning(code)
          .ifPresent(
              key -> {
                stuck().pressed(nameOf(code));
                Long last = lastPress.put(code, atMicros);
                if (last == null || Math.abs(atMicros - last) >= BOUNCE_MICROS) {
                  UsbKeypad.this.pressed(key);
                }
              });
    }

    @Override
    public void released(int code) {
      stuck().released(nameOf(code));
    }

    /// Part of a PIN may be missing, and keys may be down that we do not know of.
    @Override
    public void lost() {
      link.fail(new ProtocolException("the kernel lost keys that were pressed"));
    }
  }
}
