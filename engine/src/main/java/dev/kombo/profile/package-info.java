/**
 * What is known of one shopper: interests, cart, open order, what was bought and paid of late, and which events were seen
 * already. Plain Java: an event goes in, a changed {@link dev.kombo.profile.ShopperState} comes out.
 */
package dev.kombo.profile;
