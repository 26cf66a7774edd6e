package atm.driver.ssp;

import atm.value.Money;
import java.util.ArrayList;
import java.util.List;

/// One event of a poll reply.
///
/// @param amounts the values it names, in its order; for `INCOMPLETE` and `INCOMPLETE_FLOAT`
/// pairs of what was paid and what was asked
/// @param detail the channel, the cause, or of `UNKNOWN` the code
record SspEvent(Kind kind, List<Value> amounts, int detail) {
  /// A value in minor units. Some firmware leaves out the currency of some events.
  record Value(long minor, String currency) {
    boolean isIn(String wanted) {
      return currency.isEmpty() || currency.equals(wanted);
    }

    @Override
    public String toString() {
      if (currency.isEmpty()) return "%d.%02d".formatted(minor / 100, minor % 100);
      try {
        return Money.of(minor, currency).toString();
      } catch (IllegalArgumentException noCurrency) {
        return minor + " minor units of " + currency;
      }
    }
  }

  /// How the data after an event's code is laid out.
  enum Layout {
    NONE,
    CHANNEL,
    /// One value; some examples count it, some leave out its currency.
    VALUE,
    /// A count and that many values; some examples leave out the count of one.
    VALUES,
    VALUES_CAUSE,
    PAIRS,
    /// Nothing, or values where the option for them was set.
    MAYBE_VALUES,
    /// A validator tells the channel, a hopper the values.
    CHANNEL_OR_VALUES
  }

  enum Kind {
    JAM_RECOVERY(0xB0, Layout.NONE),
    PAYOUT_ERROR(0xB1, Layout.VALUES_CAUSE),
    SMART_EMPTYING(0xB3, Layout.VALUES),
    SMART_EMPTIED(0xB4, Layout.VALUES),
    CHANNEL_DISABLED(0xB5, Layout.NONE),
    INITIALISING(0xB6, Layout.NONE),
    EMPTYING(0xC2, Layout.NONE),
    EMPTIED(0xC3, Layout.NONE),
    OUT_OF_SERVICE(0xC6, Layout.NONE),
    TO_CASHBOX(0xC9, Layout.VALUE),
    TO_CASHBOX_AT_START(0xCA, Layout.VALUE),
    TO_STORE_AT_START(0xCB, Layout.VALUE),
    STACKING(0xCC, Layout.NONE),
    HELD(0xCE, Layout.VALUE),
    DEVICE_FULL(0xCF, Layout.NONE),
    DISPENSED(0xD2, Layout.VALUES),
    JAMMED(0xD5, Layout.VALUES),
    HALTED(0xD6, Layout.VALUES),
    FLOATING(0xD7, Layout.VALUES),
    FLOATED(0xD8, Layout.VALUES),
    TIMED_OUT(0xD9, Layout.VALUES),
    DISPENSING(0xDA, Layout.VALUES),
    STORED(0xDB, Layout.MAYBE_VALUES),
    INCOMPLETE(0xDC, Layout.PAIRS),
    INCOMPLETE_FLOAT(0xDD, Layout.PAIRS),
    PATH_OPEN(0xE0, Layout.NONE),
    CLEARED_TO_FRONT(0xE1, Layout.CHANNEL),
    CLEARED_TO_CASHBOX(0xE2, Layout.CHANNEL),
    CASHBOX_REMOVED(0xE3, Layout.NONE),
    CASHBOX_REPLACED(0xE4, Layout.NONE),
    FRAUD(0xE6, Layout.CHANNEL_OR_VALUES),
    STACKER_FULL(0xE7, Layout.NONE),
    DISABLED(0xE8, Layout.NONE),
    UNSAFE_JAM(0xE9, Layout.NONE),
    SAFE_JAM(0xEA, Layout.NONE),
    STACKED(0xEB, Layout.NONE),
    REJECTED(0xEC, Layout.NONE),
    REJECTING(0xED, Layout.NONE),
    CREDIT(0xEE, Layout.CHANNEL),
    READ(0xEF, Layout.CHANNEL),
    RESET(0xF1, Layout.NONE),
    /// A code the sheet does not have. What came after it in the reply could not be read.
    UNKNOWN(-1, Layout.NONE);

    private final int code;
    private final Layout layout;

    Kind(int code, Layout layout) {
      this.code = code;
      this.layout = layout;
    }

    private static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) return kind;
      }
      return UNKNOWN;
    }
  }

  SspEvent {
    amounts = List.copyOf(amounts);
  }

  /// What was paid, by an event that tells it: the sum of its values.
  long minor() {
    return amounts.stream().mapToLong(Value::minor).sum();
  }

  /// The events of a poll reply, after its `F0`. Where the lay-out of an event is in doubt, the one
  /// that explains all bytes of the reply is taken.
  static List<SspEvent> all(byte[] reply) {
    return new Parser(reply).all();
  }

  /// Reads with the choices the guides leave open, and takes back a choice that leads nowhere.
  private static final class Parser {
    private static final int VALUE_BYTES = 7;
    private static final int PAIR_BYTES = 11;

    private final byte[] bytes;
    // A place from which the rest cannot be read is not tried again, so that no reply takes long.
    private final boolean[] hopeless;
    private final List<SspEvent> events = new ArrayList<>();

    Parser(byte[] bytes) {
      this.bytes = bytes;
      this.hopeless = new boolean[bytes.length + 1];
    }

    List<SspEvent> all() {
      if (!readsFrom(1)) readUntilStuck();
      return List.copyOf(events);
    }

    private boolean readsFrom(int at) {
      if (at == bytes.length) return true;
      if (hopeless[at]) return false;
      for (Choice choice : choices(at)) {
        events.add(choice.event());
        if (readsFrom(choice.end())) return true;
        events.removeLast();
      }
      hopeless[at] = true;
      return false;
    }

    private void readUntilStuck() {
      int at = 1;
      while (at < bytes.length) {
        List<Choice> choices = choices(at);
        if (choices.isEmpty()) {
          events.add(new SspEvent(Kind.UNKNOWN, List.of(), bytes[at] & 0xFF));
          return;
        }
        events.add(choices.getFirst().event());
        at = choices.getFirst().end();
      }
    }

    private record Choice(SspEvent event, int end) {}

    private List<Choice> choices(int at) {
      Kind kind = Kind.of(bytes[at] & 0xFF);
      int data = at + 1;
      List<Choice> choices = new ArrayList<>();
      if (kind == Kind.UNKNOWN) return choices;
      switch (kind.layout) {
        case NONE -> choices.add(new Choice(new SspEvent(kind, List.of(), 0), data));
        case CHANNEL -> channel(kind, data, choices);
        case VALUE -> {
          values(kind, 1, data, choices);
          counted(kind, data, choices);
          bareValue(kind, data, choices);
        }
        case VALUES -> {
          counted(kind, data, choices);
          values(kind, 1, data, choices);
        }
        case VALUES_CAUSE -> {
          if (data < bytes.length) withCause(kind, bytes[data] & 0xFF, data + 1, choices);
          withCause(kind, 1, data, choices);
        }
        case PAIRS -> {
          if (data < bytes.length) pairs(kind, bytes[data] & 0xFF, data + 1, choices);
        }
        case MAYBE_VALUES -> {
          counted(kind, data, choices);
          choices.add(new Choice(new SspEvent(kind, List.of(), 0), data));
        }
        case CHANNEL_OR_VALUES -> {
          counted(kind, data, choices);
          channel(kind, data, choices);
        }
      }
      return choices;
    }

    private void channel(Kind kind, int at, List<Choice> into) {
      if (at < bytes.length) {
        into.add(new Choice(new SspEvent(kind, List.of(), bytes[at] & 0xFF), at + 1));
      }
    }

    private void counted(Kind kind, int at, List<Choice> into) {
      if (at < bytes.length) values(kind, bytes[at] & 0xFF, at + 1, into);
    }

    private void values(Kind kind, int count, int at, List<Choice> into) {
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int from = at + i * VALUE_BYTES;
        if (!isCurrency(from + 4)) return;
        values.add(new Value(number(from), currency(from + 4)));
      }
      into.add(new Choice(new SspEvent(kind, values, 0), at + count * VALUE_BYTES));
    }

    private void bareValue(Kind kind, int at, List<Choice> into) {
      if (at + 4 > bytes.length) return;
      into.add(new Choice(new SspEvent(kind, List.of(new Value(number(at), "")), 0), at + 4));
    }

    private void withCause(Kind kind, int count, int at, List<Choice> into) {
      List<Choice> plain = new ArrayList<>();
      values(kind, count, at, plain);
      for (Choice choice : plain) {
        if (choice.end() >= bytes.length) continue;
        int cause = bytes[choice.end()] & 0xFF;
        into.add(new Choice(new SspEvent(kind, choice.event().amounts(), cause), choice.end() + 1));
      }
    }

    private void pairs(Kind kind, int count, int at, List<Choice> into) {
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int from = at + i * PAIR_BYTES;
        if (!isCurrency(from + 8)) return;
        values.add(new Value(number(from), currency(from + 8)));
        values.add(new Value(number(from + 4), currency(from + 8)));
      }
      into.add(new Choice(new SspEvent(kind, values, 0), at + count * PAIR_BYTES));
    }

    private boolean isCurrency(int at) {
      if (at < 0 || at + 3 > bytes.length) return false;
      for (int i = at; i < at + 3; i++) {
        if (bytes[i] < 'A' || bytes[i] > 'Z') return false;
      }
      return true;
    }

    private String currency(int at) {
      return SspData.text(bytes, at, 3);
    }

    private long number(int at) {
      return SspData.number(bytes, at, 4);
    }
  }
}
