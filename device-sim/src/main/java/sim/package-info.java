/// The simulated devices, put together: `Main` reads devices.yaml, `Simulator` starts a machine,
/// and the back door lets hands play with it. The mechanics in `sim.mechanics` know notes, cards
/// and paper; the packages of wires speak each device's protocol to the controller.
///
/// May import all of `sim.*`; only `sim` itself does HTTP.
package sim;
