package atm.host.embedded;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Of a payee's name, as much as lets a payer notice a wrong account, and no more: `A. M.`
final class Initials {
  // A letter with its marks is one to its reader: \X is a grapheme cluster.
  private static final Pattern FIRST = Pattern.compile("^\\X");
  private static final int NAMES_MAX = 3;

  private Initials() {}

  static String of(String holder) {
    return Arrays.stream(holder.strip().split("\\s+"))
        .limit(NAMES_MAX)
        .flatMap(name -> FIRST.matcher(name).results().map(MatchResult::group))
        .map(letter -> letter + ".")
        .collect(Collectors.joining(" "));
  }
}
