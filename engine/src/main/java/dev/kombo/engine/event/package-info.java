/**
 * What happens when an event of a shopper arrives: it is attributed to offers, learned from, added to the profile, and
 * answered with an offer.
 *
 * <p>The entry point is {@link dev.kombo.engine.event.EventFlow}. The topology stores and sends the results;
 * evaluation and simulation run the same classes over maps.
 */
@NullMarked
package dev.kombo.engine.event;

import org.jspecify.annotations.NullMarked;
