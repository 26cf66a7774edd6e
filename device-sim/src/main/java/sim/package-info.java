/// The simulated devices: mechanics that know notes, cards and paper, wires that speak each
/// device's protocol to the controller, and a back door for the hands of whoever plays with it.
package sim;
