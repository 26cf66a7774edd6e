/// The field's values: money, notes, cards, PIN blocks, tokens. Records that cannot be built wrong.
/// Imports nothing of ours.
package atm.value;
