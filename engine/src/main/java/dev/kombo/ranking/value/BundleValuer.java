package dev.kombo.ranking.value;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.EngagementKeys;
import dev.kombo.entity.Item;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.DiscountLimits.Limit;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.shopper.CartDiscount;
import dev.kombo.ranking.shopper.ShopperItems;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.ranking.signals.Candidates;
import dev.kombo.ranking.signals.EngagementSignals;
import dev.kombo.ranking.signals.Softplus;
import dev.kombo.ranking.value.OfferValue.BundleMoney;
import dev.kombo.ranking.value.OfferValue.PriceLevels;
import dev.kombo.settings.Millis;

/**
 * Gathers the inputs of {@link OfferValue} for each candidate: features of the conversion model, money figures, and
 * organic demand. Not thread-safe, since it reuses buffers: one instance per thread.
 */
public final class BundleValuer {
    /** Supply in days of sales at which the slowness of stock is one half. */
    private static final double SLOW_DAYS = 90;

    /**
     * Time within which a purchase that is expected without the offer counts as organic demand, in milliseconds: a
     * week, for which purchases are credited to an offer by default.
     */
    private static final long ORGANIC_HORIZON_MILLIS = 7 * Millis.DAY;

    private static final double HORIZON_SHARE =
            Math.log(2) * ORGANIC_HORIZON_MILLIS / ShopperView.REPEAT_HALF_LIFE_MILLIS;

    private static final float[] PRIOR_WEIGHTS = Signal.priorWeights();
    private static final double DAY_MILLIS = Millis.DAY;

    private final CatalogIndex index;
    private final double longHalfLifeMillis;
    private final float[] features = new float[ConversionFeature.count()];
    private float[] priorRelevance = new float[64];
    private final OfferValue valuation = new OfferValue();
    private double expectedClicks;
    private PriceLevels levels;
    private Candidates candidates;
    private ShopperView view;
    private RankingRequest request;

    @SuppressWarnings("NullAway.Init") // The request is set by begin.
    public BundleValuer(CatalogIndex index) {
        this.index = index;
        longHalfLifeMillis = index.settings().popularity().longHalfLifeMillis();
    }

    /** Loads a request whose candidates have signals and scores. */
    public void begin(RankingRequest asked, ShopperView loaded, Candidates scored) {
        request = asked;
        view = loaded;
        candidates = scored;
        expectedClicks = index.priorEngagement(asked.now()).expectedClicks();
        if (scored.size() > priorRelevance.length) {
            priorRelevance = new float[2 * scored.size()];
        }
        scored.combine(PRIOR_WEIGHTS, 0f, priorRelevance);
        double sum = 0;
        double costs = 0;
        double prices = 0;
        for (int c = 0; c < scored.size(); c++) {
            BundleEntry entry = scored.bundle(c);
            sum += entry.terms().logPrice();
            if (entry.priceMinor() > 0 && !Double.isNaN(entry.costMinor())) {
                costs += entry.costMinor();
                prices += entry.priceMinor();
            }
        }
        levels = new PriceLevels(
                sum / Math.max(1, scored.size()),
                loaded.logPriceCount() == 0 ? Double.NaN : loaded.logPriceMean(),
                prices > 0 ? Math.min(1, Math.max(0, costs / prices)) : 0);
        valuation.begin(asked.goal(), levels);
    }

    /**
     * Screening score: a bundle's expected value at the catalogue's price, regardless of organic demand. It selects the
     * bundles to value fully.
     */
    public double screeningScore(int candidate) {
        BundleEntry entry = candidates.bundle(candidate);
        describe(candidate, 1);
        OfferValue.priced(
                features,
                entry.listPriceMinor(),
                entry.priceMinor(),
                entry.terms().logPrice(),
                entry.terms().logUnitPrice(),
                levels,
                entry.priceMinor());
        double brings = switch (request.goal().kind()) {
            case MARGIN ->
                Double.isNaN(entry.costMinor())
                        ? levels.usualMargin((double) entry.priceMinor())
                        : entry.priceMinor() - entry.costMinor();
            case REVENUE -> entry.priceMinor();
            default -> 1;
        };
        return request.goal().probability(features) * Math.max(1, brings);
    }

    /** Chooses a bundle's price and returns its gain at that price; see {@link OfferValue#best}. */
    public double value(int candidate) {
        describe(candidate, 1);
        return valuation.best(features, money(candidate), limit(candidate));
    }

    /** Whether budgets allow no price that a bundle may have, so that it is not offered. */
    public boolean refused(int candidate) {
        Limit limit = limit(candidate);
        return !limit.equals(Limit.NONE) && valuation.refused(candidates.bundle(candidate), limit);
    }

    private Limit limit(int candidate) {
        DiscountLimits limits = request.goal().limits();
        if (limits.equals(DiscountLimits.NONE)) {
            return Limit.NONE;
        }
        Bundle bundle = candidates.bundle(candidate).bundle();
        return limits.of(bundle.id(), bundle.currency());
    }

    /** Price of the bundle valued last, in minor units. */
    public long price() {
        return valuation.price();
    }

    /** Log odds that it is bought at that price. */
    public double logOdds() {
        return valuation.logOdds();
    }

    /** The terms of a bundle at a rank and price. */
    public OfferTerms terms(int candidate, int rank, long at) {
        BundleMoney money = money(candidate);
        describe(candidate, rank);
        OfferValue.priced(features, money, levels, at);
        if (!request.goal().kind().valued()) {
            return new OfferTerms(at, 0, 0, false, features.clone());
        }
        double taken = request.goal().probability(features);
        return new OfferTerms(
                at, taken, taken * valuation.gain(money, at), valuation.choosesPrice(money), features.clone());
    }

    /** The bundle's money figures that do not depend on the offered price. */
    private BundleMoney money(int candidate) {
        BundleEntry entry = candidates.bundle(candidate);
        double revenue = 0;
        double margin = 0;
        double whole = 1;
        double added = 0;
        for (int m = 0; m < entry.size(); m++) {
            double organic = organic(entry.member(m));
            whole *= organic;
            if (organic == 0) {
                added += entry.memberListPrice(m);
                continue;
            }
            Item item = index.itemAt(entry.member(m)).item();
            if (item != null && item.priced()) {
                double units = organic * entry.quantity(m);
                revenue += units * item.priceMinor();
                if (!view.items().has(entry.member(m), ShopperItems.BASKET)) {
                    added += (1 - organic) * entry.quantity(m) * item.priceMinor();
                }
                margin += units
                        * (item.costMinor() < 0
                                ? levels.usualMargin((double) item.priceMinor())
                                : item.priceMinor() - item.costMinor());
            } else if (item != null && item.marginMinor() != Item.UNKNOWN) {
                margin += organic * entry.quantity(m) * item.marginMinor();
            }
        }
        double cost = entry.costMinor();
        CartDiscount discount = view.cartDiscount();
        long lowest = discount.lowestPrice(entry);
        if (discount.concerns(entry)) {
            // What the shop's own discount takes off without the offer, and beside it.
            boolean combines = CartDiscount.combines(entry);
            double off = discount.share() * revenue;
            double beside = discount.share() * (combines ? entry.priceMinor() : discount.others(entry));
            revenue += combines ? beside - off : -beside - off;
            margin += combines ? -off : -beside - off;
            cost += combines ? beside : 0;
        }
        return new BundleMoney(
                entry.listPriceMinor(),
                entry.priceMinor(),
                cost,
                lowest,
                entry.terms().logPrice(),
                entry.terms().logUnitPrice(),
                revenue,
                margin,
                whole,
                slowness(entry),
                Math.max(
                        lowest,
                        index.settings().pricing().lowest(entry.listPriceMinor(), (long) added, entry.costMinor())),
                entry.terms().dearestMemberMinor(),
                !entry.mined());
    }

    /** Increases with the time the stock takes to sell: one half at {@value #SLOW_DAYS} days. */
    private double slowness(BundleEntry entry) {
        if (entry.terms().sellable() == Item.UNLIMITED) {
            return 0;
        }
        double sold = Math.expm1(Softplus.of(entry.logPopularityLong() - view.decayLong()));
        double perDay = sold * Math.log(2) / longHalfLifeMillis * DAY_MILLIS;
        double supply = entry.terms().sellable();
        return supply > 0 ? supply / (supply + SLOW_DAYS * perDay) : 0;
    }

    private void describe(int candidate, int rank) {
        BundleEntry entry = candidates.bundle(candidate);
        Ranker ranker = request.ranker();
        set(ConversionFeature.INTERCEPT, 1);
        set(ConversionFeature.PRIOR_RELEVANCE, priorRelevance[candidate]);
        set(ConversionFeature.RELEVANCE, ranker.slope() * candidates.score(candidate) + ranker.offset());
        set(ConversionFeature.POPULARITY, standardized(Signal.POPULARITY_LONG, candidate));
        set(ConversionFeature.CATEGORY, standardized(Signal.CATEGORY_AFFINITY, candidate));
        set(ConversionFeature.COSINE, standardized(Signal.COSINE, candidate));
        set(ConversionFeature.MEMBER_COSINE, standardized(Signal.MEMBER_COSINE, candidate));
        set(ConversionFeature.OVERLAP, standardized(Signal.MEMBER_OVERLAP, candidate));
        set(ConversionFeature.CLICK_RATE, standardized(Signal.CLICK_RATE, candidate));
        set(ConversionFeature.CONVERSION_RATE, standardized(Signal.CONVERSION_RATE, candidate));
        set(ConversionFeature.BASKET, standardized(Signal.BASKET_CONFIDENCE, candidate));
        set(ConversionFeature.BASKET_SHARE, candidates.value(Signal.BASKET_SHARE, candidate));
        set(ConversionFeature.REPEAT, standardized(Signal.OWN_REPEAT, candidate));
        set(ConversionFeature.EXPOSURE, candidates.value(Signal.EXPOSURE, candidate));
        set(ConversionFeature.SIZE, entry.logSize());
        set(ConversionFeature.RANK, rank == 1 ? 0 : Math.log(rank));
        set(ConversionFeature.BASKET_FIT, basketFit(entry));
        set(ConversionFeature.CATEGORY_PREFERENCE, categoryPreference(entry));
        set(ConversionFeature.BUNDLE_EFFECT, effect(entry.engagement()));
        set(ConversionFeature.PAIR_EFFECT, view.bundles().effect(entry.ordinal(), request.now()));
    }

    /** The bundle's effect: ln((k + clicks) / (k + expected)), both decayed to now; see {@link EngagementSignals}. */
    private double effect(EngagementKeys own) {
        return Softplus.of(own.clicks() - expectedClicks) - Softplus.of(own.expectedClicks() - expectedClicks);
    }

    private double categoryPreference(BundleEntry entry) {
        double sum = 0;
        double least = entry.size() == 0 ? 0 : Double.POSITIVE_INFINITY;
        for (int m = 0; m < entry.size(); m++) {
            double of = view.preference().of(entry.member(m), entry.memberCategory(m));
            sum += of;
            least = Math.min(least, of);
        }
        return (sum / Math.max(1, entry.size()) + least) / 2;
    }

    private double basketFit(BundleEntry entry) {
        double sum = 0;
        boolean empty = view.items().basketMask() == 0;
        for (int m = 0; m < entry.size() && !empty; m++) {
            sum += view.items().basketFit(entry.member(m));
        }
        return sum / Math.max(1, entry.size());
    }

    private float standardized(Signal signal, int candidate) {
        return candidates.standardized(signal.ordinal(), candidate);
    }

    private void set(ConversionFeature feature, double to) {
        features[feature.ordinal()] = (float) to;
    }

    /**
     * Organic demand: the probability, 0 to 1, that the shopper buys an item within the horizon without an offer. Three
     * reasons are assumed to be independent:
     *
     * <ul>
     * <li>it is in the cart, or in the open order and paid: 1, since who accepts an offer goes to the checkout;
     * <li>it is bought with the basket: the highest confidence from a basket item;
     * <li>the shopper buys it repeatedly: a Poisson process with a rate estimated from the decayed number of purchases,
     *       since a rate of n ln 2 / h leaves n purchases in the long run, decayed with half-life h.
     * </ul>
     */
    private double organic(int item) {
        ShopperItems items = view.items();
        if (!items.contains(item)) {
            return 0;
        }
        if (items.has(item, ShopperItems.BASKET)) {
            return 1;
        }
        double decayed = Math.expm1(items.repeat(item));
        return 1 - Math.exp(-decayed * HORIZON_SHARE) * (1 - items.basketConfidence(item));
    }
}
