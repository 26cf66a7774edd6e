package atm;

import atm.ledger.Ledger;
import atm.ledger.LedgerException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// How a command reaches the controller that has the books open: a socket in a folder that none but
/// the owner of the data folder can enter. It takes the name of a file and writes a backup there.
/// One at a time, on a thread of its own.
final class Door implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Door.class.getName());

  /// Longer than any path that Linux takes.
  private static final int ASKED_MAX = 4096;

  private static final String DONE = "done ";
  private static final String REFUSED = "no ";

  private final Ledger ledger;
  private final Path socket;
  private final ServerSocketChannel server;

  private Door(Ledger ledger, Path socket, ServerSocketChannel server) {
    this.ledger = ledger;
    this.socket = socket;
    this.server = server;
  }

  private static Path socketIn(Path data) {
    return data.toAbsolutePath().normalize().resolve("door").resolve("backup");
  }

  /// Opens the door of this data folder, whose books the caller holds. A machine runs without one
  /// too; then a backup is made while it is stopped.
  static Optional<Door> open(Path data, Ledger ledger) {
    Path socket = socketIn(data);
    try {
      Path folder = socket.getParent();
      Files.createDirectories(folder);
      // Before there is anything in it: a socket is made with whatever rights the process gives.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      // Left by a controller that was killed. Its books are ours now, so nobody listens there.
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(socket));
      } catch (IOException refused) {
        server.close();
        throw refused;
      }
      Door door = new Door(ledger, socket, server);
      Thread.ofPlatform().daemon().name("door").start(door::serve);
      return Optional.of(door);
    } catch (IOException refused) {
      LOG.log(
          Level.WARNING,
          "no backup can be asked for while this machine runs: {0}: {1}",
          socket,
          refused.getMessage());
      return Optional.empty();
    }
  }

  private void serve() {
    while (true) {
      try (SocketChannel client = server.accept()) {
        byte[] answer = answer(client).getBytes(StandardCharsets.UTF_8);
        for (ByteBuffer rest = ByteBuffer.wrap(answer); rest.hasRemaining(); ) client.write(rest);
      } catch (ClosedChannelException closed) {
        if (!server.isOpen()) return;
      } catch (IOException gone) {
        LOG.log(Level.WARNING, "whoever asked for a backup did not wait: {0}", gone.getMessage());
      }
    }
  }

  private String answer(SocketChannel client) throws IOException {
    InputStream in = Channels.newInputStream(client);
    byte[] asked = in.readNBytes(ASKED_MAX + 1);
    if (asked.length > ASKED_MAX) return REFUSED + "wanted a path of up to " + ASKED_MAX + " bytes";
    try {
      Path file = Path.of(new String(asked, StandardCharsets.UTF_8));
      if (!file.isAbsolute()) return REFUSED + "wanted an absolute path";
      String end = ledger.backUp(file).toString();
      LOG.log(Level.INFO, "backed up to {0}, {1}", file, end);
      return DONE + end;
    } catch (LedgerException | InvalidPathException refused) {
      LOG.log(Level.WARNING, "no backup: {0}", refused.getMessage());
      return REFUSED + refused.getMessage();
    }
  }

  /// Has the controller that runs on this data folder write a backup; answers where that ends, or
  /// nothing when none runs. Blocks for as long as it takes.
  static Optional<String> ask(Path data, Path file) throws Main.StartCheckFailed {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socketIn(data)))) {
      byte[] wanted = file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
      for (ByteBuffer rest = ByteBuffer.wrap(wanted); rest.hasRemaining(); ) channel.write(rest);
      channel.shutdownOutput();
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      if (answer.startsWith(DONE)) return Optional.of(answer.substring(DONE.length()));
      throw new Main.StartCheckFailed(
          answer.startsWith(REFUSED)
              ? answer.substring(REFUSED.length())
              : "the controller ended before the backup was done");
    } catch (ConnectException | NoSuchFileException nobody) {
      return Optional.empty();
    } catch (SocketException nobody) {
      // How the system says that there is no such socket, or that its path is too long.
      return Optional.empty();
    } catch (IOException broken) {
      throw new Main.StartCheckFailed("the controller did not answer: " + broken.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException stays) {
      LOG.log(Level.WARNING, "{0} stays behind: {1}", socket, stays.getMessage());
    }
  }
}
