package dev.kombo.engine.replay;

import dev.kombo.attribution.Outcome;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rewards credited to the bundles of offers, in memory proportional to the number of credited offers. A repeated
 * outcome counts once. Not thread-safe.
 */
public final class OfferRewards {
    private final Reward reward;
    private final String currency;
    private final Map<String, Map<String, Double>> byOffer = new HashMap<>();
    private final Set<String> outcomeIds = new HashSet<>();
    private final Set<String> currencies = new TreeSet<>();
    private long latest = Long.MIN_VALUE;

    /**
     * Creates empty rewards.
     *
     * @param currency ISO 4217 code of the money that counts; null: any
     */
    public OfferRewards(Reward reward, String currency) {
        this.reward = reward;
        this.currency = currency;
    }

    /** Adds an outcome. */
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
            currencies.add(outcome.bought().amount().currency());
            if (currency != null && !currency.equals(outcome.bought().amount().currency())) {
                return;
            }
        }
        byOffer.computeIfAbsent(outcome.offerId(), id -> new HashMap<>()).merge(outcome.bundleId(), more, Double::sum);
    }

    /** The reward of a bundle of an offer. */
    double of(String offerId, String bundleId) {
        return byOffer.getOrDefault(offerId, Map.of()).getOrDefault(bundleId, 0.0);
    }

    /** The kind of reward. */
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
