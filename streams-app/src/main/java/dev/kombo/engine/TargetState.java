package dev.kombo.engine;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.PopularitySettings;
import dev.kombo.catalog.ResponseSettings;
import dev.kombo.learning.ItemFactorLearner;
import dev.kombo.learning.ItemFactors;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.ResponseCounts;

/**
 * What the owner of one target knows of it, partners and companions apart: they are large and change less often.
 * Touched only by the stream thread that owns the target's partition.
 */
public final class TargetState {
    private final ItemFactors factors;
    private final Popularity popularity;
    private final ResponseCounts responses;
    private long interactions;
    private long purchases;
    private long lastPriceMinor;
    private String currency;

    /**
     * State from its parts.
     *
     * @param lastPriceMinor unit price last paid in minor units, or {@link Item#UNKNOWN}
     * @param currency ISO 4217 code of that price, or null
     */
    public TargetState(
            ItemFactors factors,
            Popularity popularity,
            ResponseCounts responses,
            long interactions,
            long purchases,
            long lastPriceMinor,
            String currency) {
        this.factors = factors;
        this.popularity = popularity;
        this.responses = responses;
        this.interactions = interactions;
        this.purchases = purchases;
        this.lastPriceMinor = lastPriceMinor;
        this.currency = currency;
    }

    /** A target of which nothing is known yet. */
    public static TargetState unknown(
            String target, FirstFactors factors, PopularitySettings popularity, ResponseSettings responses) {
        return new TargetState(
                ItemFactors.initial(factors.ofTarget(target)),
                new Popularity(popularity),
                new ResponseCounts(responses),
                0,
                0,
                Item.UNKNOWN,
                null);
    }

    /**
     * Takes an update in.
     *
     * @param firstSincePublication whether the target was published since the update before
     * @return false where it brought a gradient that could not be applied; all else of it was
     */
    public boolean apply(TargetUpdate update, ItemFactorLearner learner, boolean firstSincePublication) {
        boolean learned = update.gradient() == null
                || (update.gradient().length == factors.vector().length
                        && learner.apply(factors, update.gradient(), update.biasGradient(), firstSincePublication));
        TargetUpdate.Touch touch = update.touch();
        if (touch != null) {
            interactions++;
            popularity.add(touch.weight(), update.time());
            if (touch.currency() != null) {
                lastPriceMinor = touch.unitPriceMinor();
                currency = touch.currency();
            }
        }
        if (update.order() != null) {
            purchases++;
        }
        TargetUpdate.Response response = update.response();
        if (response != null) {
            responses.add(response.impressions(), response.clicks(), response.conversions(), update.time());
        }
        return learned;
    }

    public ItemFactors factors() {
        return factors;
    }

    public Popularity popularity() {
        return popularity;
    }

    /** What became of offers of it. */
    public ResponseCounts responses() {
        return responses;
    }

    /** Touches counted. */
    public long interactions() {
        return interactions;
    }

    /** Closed orders that held it. */
    public long purchases() {
        return purchases;
    }

    /** Unit price last paid in minor units, or {@link Item#UNKNOWN}. */
    public long lastPriceMinor() {
        return lastPriceMinor;
    }

    /** ISO 4217 code of that price, or null. */
    public String currency() {
        return currency;
    }
}
