package dev.kombo.engine;

import dev.kombo.profile.EventType;
import java.util.Set;

/**
 * When and how offers are made.
 *
 * @param triggers types of events that trigger an offer
 * @param intervalMillis shortest time between two triggered offers of a shopper and placement
 * @param size most bundles of a slate
 * @param validityMillis how long the prices hold
 * @param placement placement of offers whose trigger names none
 * @param reasons reasons given with each bundle
 */
public record OfferSettings(
        Set<EventType> triggers, long intervalMillis, int size, long validityMillis, String placement, int reasons) {}
