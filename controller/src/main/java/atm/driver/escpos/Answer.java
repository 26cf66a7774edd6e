package atm.driver.escpos;

/// What a printer says, sorted out of its stream of bytes.
sealed interface Answer {
  /// To `10 04 n`, one byte.
  record RealTime(int bits) implements Answer {}

  /// To `1D 72 n`, one byte: all before the question was processed.
  record InStream(int bits) implements Answer {}

  /// The block of automatic status back.
  record Automatic(int first, int second, int third) implements Answer {}

  /// To `1D 49 n` with n from 65 on: what it calls itself, between `5F` and `00`.
  record Text(String text) implements Answer {}

  /// To `1D E1` to `1D E5`: what a VKP80III counts, with its unit.
  record Counted(long count, String unit) implements Answer {}

  /// The full status of a VKP80III: paper, user, recoverable, unrecoverable.
  record Full(int paper, int user, int recoverable, int unrecoverable) implements Answer {}
}
