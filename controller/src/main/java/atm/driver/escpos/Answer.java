package atm.driver.escpos;

/// What a printer says, sorted out of its stream of bytes.
sealed interface Answer {
  /// To `10 04 n`, one byte.
  record RealTime(int bits) implements Answer {}

  /// To `1D 72 n`, one byte: all before the question was processed.
  record InStream(int bits) implements Answer {}

  /// The block of automatic status back.
  record Automatic(int first, int second, int third) implements Answer {}

  /// The full status of a VKP80III: paper, user, recoverable, unrecoverable.
  record Full(int paper, int user, int recoverable, int unrecoverable) implements Answer {}
}
