package atm;

import atm.Main.Data;
import atm.Main.StartCheckFailed;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `atm operator`: who may sign in at `/operator`. A password is typed twice at the terminal; from
/// a script it is the first line of the standard input. It is never an argument, which `ps` shows.
@Command(
    name = "operator",
    description = "Who may sign in at the operator's page.",
    subcommands = {OperatorCommand.Add.class, OperatorCommand.Remove.class},
    mixinStandardHelpOptions = true)
final class OperatorCommand implements Callable<Integer> {
  @CommandLine.Mixin private Data data;

  @Override
  public Integer call() {
    return answer(
        () -> {
          var names = operators(data).names();
          System.out.println(names.isEmpty() ? "no operators" : String.join("\n", names));
          return 0;
        });
  }

  @Command(
      name = "add",
      description = "Add an operator, or change a password.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name;

    @CommandLine.Mixin private Data data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      String mistake = Operators.mistakeIn(name);
      if (!mistake.isEmpty()) throw new ParameterException(spec.commandLine(), mistake);
      return answer(
          () -> {
            Operators operators = operators(data);
            byte[] password = password();
            try {
              operators.add(name, password);
            } finally {
              Arrays.fill(password, (byte) 0);
            }
            System.out.println(name + " may sign in at /operator");
            return 0;
          });
    }
  }

  @Command(name = "remove", description = "Remove an operator.", mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "NAME")
    private String name;

    @CommandLine.Mixin private Data data;

    @Override
    public Integer call() {
      return answer(
          () -> {
            if (!operators(data).remove(name)) {
              throw new StartCheckFailed("there is no operator \"" + name + "\"");
            }
            System.out.println(name + " is no operator any more");
            return 0;
          });
    }
  }

  private static Operators operators(Data data) throws StartCheckFailed {
    var folder = data.writable();
    return new Operators(folder, Keys.load(folder));
  }

  private static byte[] password() throws StartCheckFailed, IOException {
    Console console = System.console();
    char[] typed = console != null && console.isTerminal() ? twice(console) : firstLine();
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
    byte[] password = Arrays.copyOf(utf8.array(), utf8.limit());
    Arrays.fill(typed, ' ');
    Arrays.fill(utf8.array(), (byte) 0);
    if (password.length < Operators.PASSWORD_MIN || password.length > Operators.PASSWORD_MAX) {
      throw new StartCheckFailed(
          "a password has %d to %d bytes, this one %d"
              .formatted(Operators.PASSWORD_MIN, Operators.PASSWORD_MAX, password.length));
    }
    return password;
  }

  private static char[] twice(Console console) throws StartCheckFailed {
    char[] first = console.readPassword("Password: ");
    char[] again = console.readPassword("Again:    ");
    if (first == null || !Arrays.equals(first, again)) {
      throw new StartCheckFailed("the two are not the same; nothing was changed");
    }
    Arrays.fill(again, ' ');
    return first;
  }

  private static char[] firstLine() throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return line == null ? new char[0] : line.toCharArray();
  }

  private static int answer(Callable<Integer> work) {
    try {
      return work.call();
    } catch (StartCheckFailed | Keys.KeyFileException failed) {
      System.err.println(failed.getMessage());
      return Main.START_CHECK;
    } catch (Exception failed) {
      System.err.println("that did not work: " + failed);
      return Main.START_CHECK;
    }
  }
}
