/// A driver for the printer of `lesson-printer.md`, which does not exist: an example of a driver in
/// a jar of its own. `docs/write-a-driver.md` leads through it.
package lesson;
