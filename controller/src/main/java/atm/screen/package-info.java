/// What the customer sees and hears: the screens, their words in all languages, and the display
/// that shows them. Renders nothing and decides nothing. May import `value`.
package atm.screen;
