/**
 * The user task, keyed by shopper: takes an event, reads and writes the shopper's state, and sends what follows, such
 * as an offer; also logins, erasure, and maintenance that is due without an event.
 */
package dev.kombo.topology.user;
