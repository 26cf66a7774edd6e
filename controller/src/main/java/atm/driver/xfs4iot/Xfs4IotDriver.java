package atm.driver.xfs4iot;

import atm.config.DeviceEntry;
import atm.device.Device;
import atm.device.DeviceKind;
import atm.driver.Driver;
import atm.link.Backoff;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Drives any device behind an XFS4IoT service, simulated or real: `at` is the service's own
/// address, or its publisher's.
public final class Xfs4IotDriver implements Driver {
  private final Supplier<Backoff> backoff;

  public Xfs4IotDriver() {
    this(Backoff::usual);
  }

  Xfs4IotDriver(Supplier<Backoff> backoff) {
    this.backoff = backoff;
  }

  @Override
  public String name() {
    return "xfs4iot";
  }

  @Override
  public Set<DeviceKind> kinds() {
    return EnumSet.allOf(DeviceKind.class);
  }

  @Override
  public List<String> mistakes(DeviceKind kind, DeviceEntry entry) {
    List<String> mistakes = new ArrayList<>();
    URI at = entry.at();
    if (!"ws".equals(at.getScheme()) && !"wss".equals(at.getScheme())) {
      mistakes.add("at: " + at + " is not ws: or wss:, which xfs4iot needs");
    } else if (at.getHost() == null || at.getRawPath() == null || at.getRawPath().isEmpty()) {
      mistakes.add(
          "at: " + at + " lacks a host or a path, wanted like ws://host:5846/xfs4iot/v1.0/name");
    }
    return mistakes;
  }

  @Override
  public Device create(DeviceKind kind, DeviceEntry entry, Vertx vertx) {
    return switch (kind) {
      case CARD_READER -> new Xfs4IotCardReader(vertx, entry.at(), backoff.get());
      case PIN_PAD -> new Xfs4IotPinPad(vertx, entry.at(), backoff.get());
      case CASH_DISPENSER ->
          new Xfs4IotCashDispenser(vertx, entry.at(), backoff.get(), entry.cassettes());
      case CASH_ACCEPTOR ->
          new Xfs4IotCashAcceptor(vertx, entry.at(), backoff.get(), entry.notes(), entry.bins());
      case RECEIPT_PRINTER -> new Xfs4IotReceiptPrinter(vertx, entry.at(), backoff.get());
    };
  }
}
