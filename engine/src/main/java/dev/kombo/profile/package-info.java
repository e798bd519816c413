/**
 * The profile of one shopper: interests, cart, open order, recent purchases and payments, and the ids of known events.
 * Plain Java: an event goes in, a changed {@link dev.kombo.profile.ShopperState} comes out.
 */
@NullMarked
package dev.kombo.profile;

import org.jspecify.annotations.NullMarked;
