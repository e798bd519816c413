/**
 * What happens when an event of a shopper arrives: it is attributed to offers, learned from, added to the profile, and
 * answered with an offer.
 *
 * <p>The entry point is {@link dev.kombo.engine.event.EventFlow}. The shopper task stores and emits the results. A
 * simulation runs the same classes over maps, an evaluation those that learn.
 */
@NullMarked
package dev.kombo.engine.event;

import org.jspecify.annotations.NullMarked;
