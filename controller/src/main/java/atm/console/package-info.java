/// The web server: page, bridges, health, metrics, gallery. The only place with `vertx-web`. May
/// import `screen` and what it shows.
package atm.console;
