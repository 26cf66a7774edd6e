/// Scenarios: a visit to the machine written down as acts of hands, screens that follow and money
/// that moves (protocol/scenario.md), and the one interpreter that plays it. Knows the back door,
/// the customer's bridge and the developer's bridge; no class of the controller.
package sim.scenario;
