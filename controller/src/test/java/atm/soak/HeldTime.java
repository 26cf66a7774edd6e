package atm.soak;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.util.concurrent.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Time that passes as the wall's does, and jumps when told to. Every timer of the Vert.x instances
/// made here runs on it: customers' time-outs, drivers' deadlines, pings, back-off. So a customer
/// who walks away costs milliseconds, and the product's own times are the ones that are tried.
final class HeldTime {
  /// To connect takes some turns before anybody hears of it: connect, accept, upgrade.
  private static final int QUIET_ROUNDS = 5;

  private static final int ROUNDS_MAX = 200;

  private final AtomicLong ahead = new AtomicLong();
  private final List<Loop> loops = new CopyOnWriteArrayList<>();

  private final Ticker ticker =
      new Ticker() {
        private final long start = System.nanoTime();

        @Override
        public long initialNanoTime() {
          return start;
        }

        @Override
        public long nanoTime() {
          return System.nanoTime() + ahead.get();
        }

        @Override
        public void sleep(long delay, TimeUnit unit) throws InterruptedException {
          unit.sleep(delay);
        }
      };

  /// Lets time jump; what is due now runs at once, each loop by itself.
  void pass(Duration time) {
    ahead.addAndGet(time.toNanos());
    loops.removeIf(Loop::isTerminated);
    for (Loop loop : loops) {
      // Wakes the loop, which then sees what is due.
      if (!loop.isShuttingDown()) loop.execute(() -> {});
    }
  }

  /// Waits until every loop has gone round several times and `moves` has not: a message on its way
  /// is a loop's next turn, however busy the computer is. Gives up on what moves for ever.
  void settle(LongSupplier moves) throws InterruptedException {
    long before = moves.getAsLong();
    int quiet = 0;
    for (int round = 0; round < ROUNDS_MAX && quiet < QUIET_ROUNDS; round++) {
      for (Loop loop : loops) {
        if (loop.isShuttingDown()) continue;
        CountDownLatch turned = new CountDownLatch(1);
        loop.execute(turned::countDown);
        turned.await(1, TimeUnit.SECONDS);
      }
      long now = moves.getAsLong();
      quiet = now == before ? quiet + 1 : 0;
      before = now;
    }
  }

  /// By which books and limits are kept.
  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.now().plusNanos(ahead.get());
      }
    };
  }

  Vertx vertx(int loopsWanted) {
    Transport nio = io.vertx.core.transport.Transport.NIO.implementation();
    Held held = new Held(nio);
    return Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(loopsWanted).setWorkerPoolSize(4))
        .withTransport(
            new io.vertx.core.transport.Transport() {
              @Override
              public String name() {
                return "held";
              }

              @Override
              public boolean available() {
                return true;
              }

              @Override
              public Throwable unavailabilityCause() {
                return null;
              }

              @Override
              public Transport implementation() {
                return held;
              }
            })
        .build();
  }

  private final class Loop extends SingleThreadIoEventLoop {
    Loop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
      super(parent, executor, handlers);
    }

    @Override
    public Ticker ticker() {
      return ticker;
    }

    /// The selector asks with the wall's time.
    @Override
    protected long delayNanos(long wall) {
      return super.delayNanos(wall + ahead.get());
    }
  }

  /// NIO, but for the loops.
  private final class Held implements Transport {
    private final Transport nio;

    Held(Transport nio) {
      this.nio = nio;
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ratio) {
      return new MultiThreadIoEventLoopGroup(threads, factory, ioHandlerFactory()) {
        @Override
        protected IoEventLoop newChild(
            Executor executor, IoHandlerFactory handlers, Object... none) {
          Loop loop = new Loop(this, executor, handlers);
          loops.add(loop);
          return loop;
        }
      };
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
      return nio.ioHandlerFactory();
    }

    @Override
    @SuppressWarnings("deprecation")
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
      return nio.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
      return nio.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domain) {
      return nio.channelFactory(domain);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domain) {
      return nio.serverChannelFactory(domain);
    }

    @Override
    public void configure(TcpConfig options, boolean domain, Bootstrap bootstrap) {
      nio.configure(options, domain, bootstrap);
    }

    @Override
    public void configure(TcpConfig options, boolean domain, ServerBootstrap bootstrap) {
      nio.configure(options, domain, bootstrap);
    }
  }
}
