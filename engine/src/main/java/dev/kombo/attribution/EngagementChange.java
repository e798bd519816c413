package dev.kombo.attribution;

import java.util.Objects;

/**
 * A change of an offered bundle's engagement counts: it was seen, clicked, bought, or returned.
 *
 * @param bundleId the bundle
 * @param impressions 1 where an offer that holds it was seen for the first time, else 0
 * @param clicks 1 for the first click on it in an offer, -1 where all units of a conversion that it led to were
 *     returned, else 0
 * @param conversions 1 where an offer of it converted, -1 where all units of that conversion were returned, else 0
 * @param features the conversion model's features at the time of the offer, for an impression, a click, or a conversion
 *     that certainly came through the offer; else empty; never written
 * @param time epoch milliseconds; for a return the time of its conversion, so that exactly what decay has left of it is
 *     subtracted
 */
public record EngagementChange(
        String bundleId, int impressions, int clicks, int conversions, float[] features, long time) {

    static EngagementChange seen(OfferedBundle bundle, long time) {
        return new EngagementChange(bundle.bundleId(), 1, 0, 0, bundle.features(), time);
    }

    static EngagementChange clicked(OfferedBundle bundle, long time) {
        return new EngagementChange(bundle.bundleId(), 0, 1, 0, bundle.features(), time);
    }

    /**
     * A conversion.
     *
     * @param accepted whether the purchase certainly came through the offer: the bundle was bought as such, or its
     *     offer was clicked or named. A shopper who buys the members one by one may never have looked at it.
     */
    static EngagementChange converted(AttributionCandidate winner, boolean accepted) {
        OfferedBundle bundle = winner.bundle();
        float[] features = accepted ? bundle.features() : OfferedBundle.NO_FEATURES;
        return new EngagementChange(bundle.bundleId(), 0, 0, 1, features, winner.time());
    }

    static EngagementChange takenBack(ConvertedBundle conversion) {
        String bundleId = Objects.requireNonNull(conversion.scope().bundleId());
        int clicks = conversion.viewThrough() ? 0 : -1;
        return new EngagementChange(bundleId, 0, clicks, -1, OfferedBundle.NO_FEATURES, conversion.convertedAt());
    }
}
