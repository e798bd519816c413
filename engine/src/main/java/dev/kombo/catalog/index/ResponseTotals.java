package dev.kombo.catalog.index;

import dev.kombo.catalog.ResponseSettings;
import dev.kombo.catalog.Responses;
import dev.kombo.catalog.TargetModel;

/**
 * Rates over all bundles, the mean of the prior that each bundle's own rate is drawn to. The sums are kept up to date
 * as models come: the old counts are taken off, the new ones added. They are integers in units of 2^-20, so they are
 * exact whatever was added and taken off before, and do not depend on the order of arrival. Each bundle counts as it
 * was last published: of one that is shown no more, the counts fade in its own rate and not in the mean.
 *
 * <p>Written by the index's writer; read by any thread, which sees both rates of one moment.
 */
final class ResponseTotals {
    private static final double UNITS = 1_048_576;

    private record LogRates(double clicks, double conversions) {}

    private final ResponseSettings settings;
    private final double logStrength;
    private long impressions;
    private long clicks;
    private long conversions;
    private volatile LogRates rates = new LogRates(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

    ResponseTotals(ResponseSettings settings) {
        this.settings = settings;
        logStrength = Math.log(settings.strength());
    }

    /** A bundle's model takes the place of another; either may be null. */
    void replace(TargetModel before, TargetModel after) {
        Responses old = before == null ? Responses.NONE : before.responses();
        Responses current = after == null ? Responses.NONE : after.responses();
        if (old.equals(current)) {
            return;
        }
        impressions += units(current.impressions()) - units(old.impressions());
        clicks += units(current.clicks()) - units(old.clicks());
        conversions += units(current.conversions()) - units(old.conversions());
        rates = new LogRates(logRate(clicks), logRate(conversions));
    }

    /**
     * What the prior stands for at a time, as keys: as many impressions as its strength, with the clicks and
     * conversions that the rates over all bundles make of them. Negative infinity where a rate is 0 or not known.
     */
    ResponseKeys prior(long time) {
        LogRates current = rates;
        double shown = logStrength + LogPopularity.decay(time, settings.halfLifeMillis());
        return new ResponseKeys(shown, shown + current.clicks(), shown + current.conversions());
    }

    private double logRate(long count) {
        return impressions > 0 && count > 0 ? Math.log((double) count / impressions) : Double.NEGATIVE_INFINITY;
    }

    /** Below 0 only where a conversion was taken back that was never counted. */
    private static long units(double count) {
        return count > 0 ? Math.round(count * UNITS) : 0;
    }
}
