package atm.machine;

import atm.CrashingAtm;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/// A controller's process, as a parent sees it: orders in, answers out, and how it ended.
final class CrashChild implements AutoCloseable {
  private static final int PATIENCE_S = 120;

  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;

  /// How such processes start. Most of their life is their start, so the first one leaves what it
  /// has loaded to those that follow; that takes a class path of jars.
  record Launch(String classPath, Path cache, File log) {
    /// @param folder an own one, for jars and cache
    static Launch in(Path folder) throws IOException {
      String given =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      List<String> jars = new ArrayList<>();
      for (String entry : given.split(File.pathSeparator)) {
        Path path = Path.of(entry);
        if (!Files.isDirectory(path)) {
          if (Files.exists(path)) jars.add(entry);
          continue;
        }
        Path jar = folder.resolve("classes-" + jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      }
      return new Launch(
          String.join(File.pathSeparator, jars),
          folder.resolve("controller.aot"),
          folder.resolve("controllers.log").toFile());
    }

    private static void pack(Path classes, Path jar) throws IOException {
      List<Path> files = new ArrayList<>();
      try (Stream<Path> walk = Files.walk(classes)) {
        walk.filter(Files::isRegularFile).forEach(files::add);
      }
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        out.setLevel(Deflater.NO_COMPRESSION);
        for (Path file : files) {
          out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
          Files.copy(file, out);
        }
      }
    }

    private String archive() {
      return "-XX:" + (Files.exists(cache) ? "AOTCache=" : "AOTCacheOutput=") + cache;
    }
  }

  CrashChild(Launch launch) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    launch.archive(),
                    "-Xlog:aot=off",
                    "-Xlog:cds=off",
                    "-Xmx160m",
                    "-cp",
                    launch.classPath(),
                    CrashingAtm.class.getName()))
            .redirectError(ProcessBuilder.Redirect.appendTo(launch.log()))
            .start();
    orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /// What it answers. Throws `Gone` when the process ended before.
  JsonObject asks(JsonObject order) {
    try {
      orders.write(order.encode() + "\n");
      orders.flush();
      for (String line; (line = answers.readLine()) != null; ) {
        if (!line.startsWith("answer ")) continue;
        return new JsonObject(line.substring("answer ".length()));
      }
    } catch (IOException pipe) {
      // As below: it is gone.
    }
    throw new Gone();
  }

  /// The same, of an order that has to work.
  JsonObject does(JsonObject order) {
    JsonObject answer = asks(order);
    if (answer.containsKey("failed")) {
      throw new AssertionError(order.encode() + ": " + answer.getString("failed"));
    }
    return answer;
  }

  static JsonObject order(String what) {
    return new JsonObject().put("do", what);
  }

  boolean lives() {
    return process.isAlive();
  }

  /// How it ended, once it has.
  int ends() throws InterruptedException {
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) throw new AssertionError("it never ended");
    return process.exitValue();
  }

  /// As asked: no more orders come.
  void leaves() throws Exception {
    orders.close();
    if (ends() != 0) throw new AssertionError("it ended with " + process.exitValue());
  }

  /// As `kill -9`; returns once it is dead.
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      answers.close();
    } catch (IOException alreadyGone) {
      // It is killed in any case.
    } catch (UncheckedIOException alreadyGone) {
      // The same.
    }
    kill();
  }

  /// The process ended without an answer.
  static final class Gone extends RuntimeException {
    Gone() {
      super("the controller is gone");
    }
  }
}
