/// `devices.yaml` as records that cannot be built wrong; all mistakes are reported at once, by
/// line. May import `value`.
package atm.config;
