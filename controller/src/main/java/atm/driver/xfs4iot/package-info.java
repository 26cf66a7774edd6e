/// XFS4IoT, release 2024-03, the client's side: JSON messages over WebSocket, one service a
/// device. What the sections (§) in comments mean is the sheet `protocol/xfs4iot.md`. May import
/// what a driver may: `config`, `link`, `device`, `value`.
package atm.driver.xfs4iot;
