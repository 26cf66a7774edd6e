/// The whole controller, assembled: `Main` reads the command line, `Atm` is one machine.
package atm;
