package atm.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Lists the targets, or writes the corpus of one as the files that Jazzer begins with.
final class Seeds {
  private Seeds() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      Targets.all().forEach(target -> System.out.println(target.name()));
      return;
    }
    Path folder = Files.createDirectories(Path.of(args[1]));
    List<byte[]> seeds = Corpus.of(Targets.named(args[0]));
    for (int i = 0; i < seeds.size(); i++) Files.write(folder.resolve("seed" + i), seeds.get(i));
  }
}
