package dev.kombo.engine;

import dev.kombo.attribution.Outcome;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the bundles of offers were credited with, in memory in proportion to the offers that were credited with anything.
 * An outcome told twice counts once. Touched by one thread.
 */
public final class OfferRewards {
    private final Reward reward;
    private final String currency;
    private final Map<String, Map<String, Double>> byOffer = new HashMap<>();
    private final Set<String> outcomeIds = new HashSet<>();
    private final Set<String> currencies = new TreeSet<>();
    private long latest = Long.MIN_VALUE;

    /**
     * Nothing yet.
     *
     * @param currency ISO 4217 code of the money that counts; null: whatever it is
     */
    public OfferRewards(Reward reward, String currency) {
        this.reward = reward;
        this.currency = currency;
    }

    /** Takes an outcome into account. */
    public void add(Outcome outcome) {
        latest = Math.max(latest, outcome.eventTime());
        if (outcome.offerId() == null || outcome.bundleId() == null) {
            return;
        }
        double more = reward.of(outcome);
        if (more == 0 || !outcomeIds.add(outcome.outcomeId())) {
            return;
        }
        if (reward == Reward.REVENUE) {
            currencies.add(outcome.amount().currency());
            if (currency != null && !currency.equals(outcome.amount().currency())) {
                return;
            }
        }
        byOffer.computeIfAbsent(outcome.offerId(), id -> new HashMap<>()).merge(outcome.bundleId(), more, Double::sum);
    }

    /** What a bundle of an offer was credited with. */
    double of(String offerId, String bundleId) {
        return byOffer.getOrDefault(offerId, Map.of()).getOrDefault(bundleId, 0.0);
    }

    /** What counts. */
    Reward reward() {
        return reward;
    }

    /** Whether money in a currency counts. */
    boolean counts(String other) {
        return currency == null || currency.equals(other);
    }

    /** Currencies of all revenue, counted or not; ISO 4217 codes in order. */
    public Set<String> currencies() {
        return Collections.unmodifiableSet(currencies);
    }

    /** Time of the latest outcome of any kind, epoch milliseconds. */
    public long latest() {
        return latest;
    }
}
