/// The kinds of device in the words of XFS, as the session sees them, whatever wire they hang on:
/// operations with their outcomes, faults, status and capabilities. May import `value`.
///
/// Each operation returns a future that always completes, within a stated time. What must be
/// accounted for (notes, cards) is an outcome, with an `Unknown` case; what merely stops the work
/// fails with `DeviceException`.
package atm.device;
