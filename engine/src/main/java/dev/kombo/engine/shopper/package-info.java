/**
 * The shopper task: handles the events of shoppers, keeps what is known of each in tables, hands sessions over to the
 * users who log in, and does what is due by the clock.
 */
@NullMarked
package dev.kombo.engine.shopper;

import org.jspecify.annotations.NullMarked;
