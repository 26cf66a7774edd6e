package atm.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import atm.driver.ssp.SspTargets;
import atm.link.frame.Bcc;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import sim.crt310.Crt310;
import sim.escpos.EscPosPrinterWire;
import sim.escpos.Vkp80Wire;
import sim.mechanics.AcceptorBuild;
import sim.mechanics.Card;
import sim.mechanics.Cassette;
import sim.mechanics.Denomination;
import sim.mechanics.DepositBin;
import sim.mechanics.Faults;
import sim.mechanics.Key;
import sim.mechanics.Paper;
import sim.mechanics.SimCardReader;
import sim.mechanics.SimCashAcceptor;
import sim.mechanics.SimCashDispenser;
import sim.mechanics.SimPinPad;
import sim.mechanics.SimReceiptPrinter;
import sim.puloon.Lcdm;
import sim.puloon.Lcdm4000;
import sim.ssp.SspUnit;
import sim.zt598.Zt598;

/// The other ends of the wires: whatever a host sends, the simulated device answers or is silent.
/// Each gets the bytes as commands with good checks, then as they are, whole and one by one, and
/// people do what they can meanwhile.
final class SimulatorTargets {
  private static final Denomination TEN = Denomination.parse("10 EUR");
  private static final Denomination TWENTY = Denomination.parse("20 EUR");
  private static final Card CARD =
      new Card("alice", "Alice Martin", "4000001234567899=29122210000012345".getBytes(US_ASCII));

  private SimulatorTargets() {}

  static List<Target> all() {
    return List.of(
        wire("lcdm-simulator", SimulatorTargets::lcdm),
        wire("lcdm-4000-simulator", SimulatorTargets::lcdm4000),
        wire("crt310-simulator", SimulatorTargets::crt310),
        wire("ssp-simulator", SimulatorTargets::ssp),
        wire("zt598-simulator", SimulatorTargets::zt598),
        wire("escpos-simulator", SimulatorTargets::escpos),
        wire("vkp80-simulator", SimulatorTargets::vkp80));
  }

  private static Target wire(String name, BiConsumer<PlayedWire, byte[]> player) {
    return new Target(name, 4096, _ -> false, bytes -> player.accept(new PlayedWire(), bytes));
  }

  /// Sends a command as a host does that knows the protocol.
  private interface Host {
    void says(byte[] command);
  }

  private static void play(PlayedWire wire, byte[] bytes, Host host, Runnable hand) {
    for (byte[] command : PlayedWire.pieces(bytes)) {
      host.says(command);
      wire.hand(hand);
    }
    wire.letTimePass();
    wire.send(Buffer.buffer(bytes));
    wire.hand(hand);
    for (byte b : bytes) wire.send(Buffer.buffer().appendByte(b));
    wire.letTimePass();
  }

  private static SimCashDispenser dispenser(PlayedWire wire, List<Faults.Kind> faults) {
    return new SimCashDispenser(
        wire.pace(),
        wire.memory("cash-dispenser"),
        List.of(new Cassette("C1", TEN, 100), new Cassette("C2", TWENTY, 100)),
        faults);
  }

  private static void lcdm(PlayedWire wire, byte[] bytes) {
    SimCashDispenser dispenser = dispenser(wire, Lcdm.FAULTS);
    new Lcdm(dispenser, wire.line(List.of(dispenser)), wire.timers());
    play(wire, bytes, command -> puloon(wire, 0x50, command), dispenser::take);
  }

  private static void lcdm4000(PlayedWire wire, byte[] bytes) {
    SimCashDispenser dispenser = dispenser(wire, Lcdm4000.FAULTS);
    new Lcdm4000(dispenser, wire.line(List.of(dispenser)), wire.timers());
    play(wire, bytes, command -> puloon(wire, 0x30, command), dispenser::take);
  }

  private static void puloon(PlayedWire wire, int id, byte[] command) {
    wire.send(
        Bcc.append(
            Buffer.buffer(new byte[] {0x04, (byte) id, 0x02})
                .appendBytes(command)
                .appendByte((byte) 0x03)));
    wire.send(Buffer.buffer().appendByte((byte) 0x06));
  }

  private static void crt310(PlayedWire wire, byte[] bytes) {
    SimCardReader reader =
        new SimCardReader(
            wire.pace(), wire.memory("card-reader"), Map.of(CARD.id(), CARD), Crt310.FAULTS);
    new Crt310(reader, wire.line(List.of(reader)), wire.timers());
    wire.hand(() -> reader.insert(CARD));
    play(
        wire,
        bytes,
        command -> {
          wire.send(
              Bcc.append(
                  Buffer.buffer()
                      .appendByte((byte) 0x02)
                      .appendUnsignedShort(command.length)
                      .appendBytes(command)
                      .appendByte((byte) 0x03)));
          wire.send(Buffer.buffer().appendByte((byte) 0x05));
        },
        reader::take);
  }

  private static void ssp(PlayedWire wire, byte[] bytes) {
    SimCashDispenser dispenser = dispenser(wire, SspUnit.FAULTS);
    SimCashAcceptor acceptor =
        new SimCashAcceptor(
            wire.pace(),
            wire.memory("cash-acceptor"),
            List.of(TEN, TWENTY),
            List.of(new DepositBin("D1", 2)),
            AcceptorBuild.ONE_NOTE,
            SspUnit.TAKING_FAULTS);
    SspUnit.smartPayout(wire.line(List.of(dispenser, acceptor)), wire.timers())
        .pays(dispenser)
        .takes(acceptor);
    SspTargets.Host host = new SspTargets.Host(wire);
    play(
        wire,
        bytes,
        host::says,
        () -> {
          wire.hand(() -> acceptor.insert(List.of(Paper.parse("20 EUR"))));
          wire.hand(acceptor::take);
          wire.hand(dispenser::take);
        });
  }

  private static void zt598(PlayedWire wire, byte[] bytes) {
    SimPinPad pad =
        SimPinPad.ofTdes(
            wire.pace(),
            wire.memory("pin-pad"),
            Optional.of(new byte[16]),
            new SecureRandom(),
            Zt598.FAULTS);
    new Zt598(pad, wire.line(List.of(pad)), wire.timers());
    play(
        wire,
        bytes,
        command -> {
          Buffer frame =
              Buffer.buffer("\u0002%03d".formatted(command.length), ISO_8859_1.name())
                  .appendBytes(command)
                  .appendByte((byte) 0x03);
          frame.appendString("%02X".formatted(Bcc.of(frame, 1, frame.length())));
          wire.send(frame);
        },
        () -> {
          for (Key key : List.of(Key.D1, Key.D2, Key.D3, Key.D4, Key.ENTER)) pad.press(key);
        });
  }

  private static void escpos(PlayedWire wire, byte[] bytes) {
    SimReceiptPrinter printer = new SimReceiptPrinter(wire.pace(), wire.memory("receipt-printer"));
    new EscPosPrinterWire(printer, wire.line(List.of(printer)));
    play(wire, bytes, command -> wire.send(Buffer.buffer(command)), printer::take);
  }

  private static void vkp80(PlayedWire wire, byte[] bytes) {
    SimReceiptPrinter printer = new SimReceiptPrinter(wire.pace(), wire.memory("receipt-printer"));
    new Vkp80Wire(printer, wire.line(List.of(printer)), wire.timers());
    play(wire, bytes, command -> wire.send(Buffer.buffer(command)), printer::take);
  }
}
