/**
 * Takes the events of one shopper after the other: checks them, keeps the shopper's state, credits purchases, learns,
 * and makes offers.
 */
package dev.kombo.topology.user;
