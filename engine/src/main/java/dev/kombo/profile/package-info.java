/**
 * What is stored of one shopper, and the events that change it: interests, cart, open order, purchases, holdings,
 * payments, and the ids of known events.
 *
 * <p>Plain Java: an event goes in, a changed {@link dev.kombo.profile.ShopperState} comes out. Events are validated
 * here, too.
 */
@NullMarked
package dev.kombo.profile;

import org.jspecify.annotations.NullMarked;
