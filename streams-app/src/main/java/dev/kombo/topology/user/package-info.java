/**
 * Processes the events of each shopper: validates them, keeps the shopper's state, credits purchases, learns, and makes
 * offers.
 */
package dev.kombo.topology.user;
