package dev.kombo.ranking;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;

/**
 * What a bundle adds, if it is offered, to what the shopper would do anyway: at a price, the probability that it is
 * taken, times what it brings less what its members would have brought without the offer. Of several allowed discounts
 * the one that adds most is taken. Holds buffers that are used again: one instance a thread.
 *
 * <p>That what is taken and what is bought anyway are independent is assumed; whoever takes an offer is likelier to
 * have bought its items anyway, so the gain is told a little too high, alike for all bundles of a shopper.
 */
final class BundleValuer {
    /** Supply in days of sales at which stock is taken to sell half as slowly as it can. */
    private static final double SLOW_DAYS = 90;

    private static final float[] PRIOR_WEIGHTS = Signal.priorWeights();
    private static final double DAY_MILLIS = 86_400_000.0;
    private static final double BASIS_POINTS = 10_000;

    private final CatalogIndex index;
    private final NaturalDemand demand;
    private final double longHalfLifeMillis;
    private final float[] features = new float[AcceptanceFeature.count()];
    private float[] priorRelevance = new float[64];
    private double usualLogPrice;
    private Candidates candidates;
    private ShopperView view;
    private RankingRequest request;
    private long price;
    private double value;

    /**
     * @param horizonMillis time within which a purchase counts as bought anyway
     */
    BundleValuer(CatalogIndex index, long horizonMillis) {
        this.index = index;
        demand = new NaturalDemand(horizonMillis);
        longHalfLifeMillis = index.settings().longHalfLifeMillis();
    }

    /** Takes in a request whose candidates have signals and scores. */
    void begin(RankingRequest asked, ShopperView loaded, Candidates scored) {
        request = asked;
        view = loaded;
        candidates = scored;
        demand.load(loaded.items(), asked.behavior());
        if (scored.size() > priorRelevance.length) {
            priorRelevance = new float[2 * scored.size()];
        }
        scored.combine(PRIOR_WEIGHTS, priorRelevance);
        double sum = 0;
        for (int c = 0; c < scored.size(); c++) {
            sum += scored.bundle(c).logPrice();
        }
        usualLogPrice = sum / Math.max(1, scored.size());
    }

    /**
     * The logarithm of what a bundle is expected to bring at the catalogue's price, whatever would have been bought
     * anyway: enough to choose which bundles to look at closely.
     */
    double outlook(int candidate) {
        BundleEntry entry = candidates.bundle(candidate);
        describe(candidate, 1);
        priced(entry, entry.priceMinor());
        double brings =
                switch (request.goal().kind()) {
                    case MARGIN -> margin(entry, entry.priceMinor());
                    case REVENUE -> entry.priceMinor();
                    default -> 1;
                };
        return Math.log(request.goal().acceptance().probability(features)) + Math.log(Math.max(1, brings));
    }

    /**
     * Decides a bundle's price and answers what it then adds, expected, in minor units or bundles; not above 0 where it
     * is not worth offering.
     */
    double value(int candidate) {
        BundleEntry entry = candidates.bundle(candidate);
        describe(candidate, 1);
        value = Double.NEGATIVE_INFINITY;
        price = entry.priceMinor();
        if (request.goal().discounts().length == 0 || entry.listPriceMinor() <= 0) {
            consider(entry, entry.priceMinor());
        } else {
            for (int discount : request.goal().discounts()) {
                consider(entry, Math.round(entry.listPriceMinor() * (1 - discount / BASIS_POINTS)));
            }
        }
        return value;
    }

    private void consider(BundleEntry entry, long at) {
        priced(entry, at);
        double gain = request.goal().acceptance().probability(features) * gain(entry, at);
        if (gain > value) {
            price = at;
            value = gain;
        }
    }

    /** Price of the bundle valued last, in minor units. */
    long price() {
        return price;
    }

    /** Terms of a bundle at a rank and price. */
    OfferTerms terms(int candidate, int rank, long at) {
        BundleEntry entry = candidates.bundle(candidate);
        describe(candidate, rank);
        priced(entry, at);
        if (!request.goal().kind().valued()) {
            return new OfferTerms(at, 0, 0, features.clone());
        }
        double taken = request.goal().acceptance().probability(features);
        return new OfferTerms(at, taken, taken * gain(entry, at), features.clone());
    }

    /** What the shop gains where the bundle is taken. */
    private double gain(BundleEntry entry, long at) {
        SlateGoal goal = request.goal();
        double anyway = 0;
        double allAnyway = 1;
        for (int m = 0; m < entry.size(); m++) {
            double natural = demand.of(entry.member(m));
            allAnyway *= natural;
            Item item = index.itemAt(entry.member(m)).item();
            if (item != null && item.priced()) {
                boolean costs = goal.kind() == SlateGoal.Kind.MARGIN && item.costMinor() >= 0;
                anyway += natural * entry.quantity(m) * (item.priceMinor() - (costs ? item.costMinor() : 0));
            }
        }
        if (goal.kind() == SlateGoal.Kind.CONVERSION) {
            return 1 - allAnyway;
        }
        double brings = goal.kind() == SlateGoal.Kind.MARGIN ? margin(entry, at) : at;
        // Nothing is sold below what it cost, where that is known.
        return margin(entry, at) < 0 ? Double.NEGATIVE_INFINITY : brings - anyway + pressure(entry, at);
    }

    /** Price less cost; the whole price where the cost is not known. */
    private double margin(BundleEntry entry, long at) {
        Bundle bundle = entry.bundle();
        if (bundle.marginMinor() != Item.UNKNOWN) {
            return (double) at - (bundle.priceMinor() - bundle.marginMinor());
        }
        double cost = 0;
        for (int m = 0; m < entry.size(); m++) {
            Item item = index.itemAt(entry.member(m)).item();
            if (item == null || item.costMinor() < 0) {
                return at;
            }
            cost += (double) item.costMinor() * entry.quantity(m);
        }
        return at - cost;
    }

    /** A part of the price that grows with the time in which the stock would sell: half of it at {@value #SLOW_DAYS} days. */
    private double pressure(BundleEntry entry, long at) {
        double share = request.goal().stockPressure();
        if (share == 0 || entry.sellable() == Item.UNLIMITED) {
            return 0;
        }
        double sold = Math.expm1(Softplus.of(entry.logPopularityLong() - view.decayLong()));
        double perDay = sold * Math.log(2) / longHalfLifeMillis * DAY_MILLIS;
        double supply = entry.sellable();
        return share * at * supply / (supply + SLOW_DAYS * perDay);
    }

    private void describe(int candidate, int rank) {
        BundleEntry entry = candidates.bundle(candidate);
        Ranker ranker = request.ranker();
        set(AcceptanceFeature.INTERCEPT, 1);
        set(AcceptanceFeature.PRIOR_RELEVANCE, priorRelevance[candidate]);
        set(AcceptanceFeature.RELEVANCE, ranker.slope() * candidates.score(candidate) + ranker.offset());
        set(AcceptanceFeature.POPULARITY, standardized(Signal.POPULARITY_LONG, candidate));
        set(AcceptanceFeature.CATEGORY, standardized(Signal.CATEGORY_AFFINITY, candidate));
        set(AcceptanceFeature.HISTORY, standardized(Signal.HISTORY_MEMBERS, candidate));
        set(AcceptanceFeature.HISTORY_BUNDLES, standardized(Signal.HISTORY_BUNDLES, candidate));
        set(AcceptanceFeature.OVERLAP, standardized(Signal.MEMBER_OVERLAP, candidate));
        set(AcceptanceFeature.CLICK_RATE, standardized(Signal.CLICK_RATE, candidate));
        set(AcceptanceFeature.CONVERSION_RATE, standardized(Signal.CONVERSION_RATE, candidate));
        set(AcceptanceFeature.BASKET, standardized(Signal.BASKET_NEIGHBORS, candidate));
        set(AcceptanceFeature.BASKET_SHARE, candidates.value(Signal.BASKET_SHARE, candidate));
        set(AcceptanceFeature.REPEAT, standardized(Signal.OWN_REPEAT_LEAST, candidate));
        set(AcceptanceFeature.EXPOSURE, candidates.value(Signal.EXPOSURE, candidate));
        set(AcceptanceFeature.SIZE, Math.log(Math.max(1, entry.size())));
        set(AcceptanceFeature.RANK, Math.log(rank));
    }

    /** Sets the features that depend on the price. */
    private void priced(BundleEntry entry, long at) {
        long list = entry.listPriceMinor();
        set(AcceptanceFeature.SAVING, list > 0 ? Math.max(0, 1 - at / (double) list) : 0);
        // What is given away has no price level: it counts as usual.
        boolean free = at <= 0 || entry.priceMinor() <= 0;
        double logPrice = free ? 0 : at == entry.priceMinor() ? entry.logPrice() : Math.log((double) at);
        set(AcceptanceFeature.PRICE_LEVEL, free ? 0 : logPrice - usualLogPrice);
        double perUnit = entry.logUnitPrice() + logPrice - entry.logPrice();
        set(AcceptanceFeature.PRICE, free || view.logPriceCount() == 0 ? 0 : perUnit - view.logPriceMean());
    }

    private float standardized(Signal signal, int candidate) {
        return candidates.standardized(signal.ordinal(), candidate);
    }

    private void set(AcceptanceFeature feature, double to) {
        features[feature.ordinal()] = (float) to;
    }
}
