package atm.device;

/// The kinds of device, with the word that names each in `devices.yaml`, on the bus and on
/// screen.
public enum DeviceKind {
  CARD_READER("card-reader"),
  PIN_PAD("pin-pad"),
  CASH_DISPENSER("cash-dispenser"),
  CASH_ACCEPTOR("cash-acceptor"),
  RECEIPT_PRINTER("receipt-printer");

  private final String key;

  DeviceKind(String key) {
    this.key = key;
  }

  /// The kind with that key.
  public static DeviceKind of(String key) {
    for (DeviceKind kind : values()) {
      if (kind.key.equals(key)) return kind;
    }
    throw new IllegalArgumentException("no kind of device is called " + key);
  }

  public String key() {
    return key;
  }

  @Override
  public String toString() {
    return key;
  }
}
