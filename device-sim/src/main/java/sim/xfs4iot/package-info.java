/// The simulator's XFS4IoT services, server side: `protocol/xfs4iot.md` made to run.
///
/// A message goes `Xfs4IotServer` → `Connection` → `Service` (the engine: acknowledge, queue, one
/// completion) → the handlers of an interface (`CardReaderCommands` …) → `sim.mechanics`.
/// Everything but [MessageTable] runs on the one event loop the server was started on.
/// May import `sim.mechanics`; nothing of the back door, nothing of another protocol.
package sim.xfs4iot;
