package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.catalog.index.SlotItems;
import dev.kombo.catalog.index.SlotPlan;
import dev.kombo.catalog.index.TopSelection;
import dev.kombo.entity.Item;
import dev.kombo.math.FactorMath;
import dev.kombo.price.BundleDraft;
import dev.kombo.price.BundlePricing;
import dev.kombo.price.PriceRule;
import dev.kombo.price.PriceRule.UnitPrice;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal.Criterion;
import dev.kombo.ranking.rules.OfferRules;
import dev.kombo.ranking.shopper.ShopperItems;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.ranking.signals.SignalCalculator;
import dev.kombo.ranking.signals.Softplus;
import dev.kombo.ranking.signals.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Orders the items that may fill a slot of a bundle by how well they suit a shopper. They are compared by the signals
 * that a bundle of the item alone would have, each standardised over these items, with the weights of the starting
 * ranker; where slates are for money, times what it brings by the bundle's price. It compares the most popular items of
 * the set, and in a large set also at what the shopper's basket and latest interactions lead to. Items that a rule
 * forbids are left out; those in the basket, and those bought within their cool-down, come last: a bundle of nothing
 * else would not be offered. A set is ordered once per request for all bundles in which its items bring the same. Not
 * thread-safe.
 */
final class SlotCandidates {
    /** Cosine of two items of one category from which on they are nearly the same. */
    private static final float SAME = 0.9f;

    /** Items that are compared, besides those that fill a slot. */
    private static final int COMPARED = 12;

    /** Items that the shopper's basket and interactions lead to, of which those of a large set are compared as well. */
    private static final int MOST_OF_SHOPPER = 32;

    private static final int MOST = SlotItems.MOST + MOST_OF_SHOPPER;

    private static final Signal[] SIGNALS = {
        Signal.MEMBER_COSINE,
        Signal.NEIGHBOR_SHARES,
        Signal.HOLDINGS_LIKELIHOOD,
        Signal.OWN_POPULARITY,
        Signal.MEMBER_OVERLAP,
        Signal.OWN_REPEAT,
        Signal.BASKET_CONFIDENCE,
        Signal.CATEGORY_AFFINITY,
        Signal.TRIGGER
    };

    /** Added to the key of an item that comes last: more than signals can add up to. */
    private static final float LAST = -1e6f;

    /** What an order depends on; without a price where that of the items does not matter. */
    private record Priced(SlotItems set, @Nullable UnitPrice price) {}

    /** The items of a set, and how many popular ones were looked for. */
    private record OrderedItems(int wanted, ItemEntry[] items) {}

    private final CatalogIndex index;
    private final OfferRules rules;
    private final Map<Priced, OrderedItems> orders = new HashMap<>();
    private final List<ItemEntry> ofShopper = new ArrayList<>(MOST_OF_SHOPPER);
    private final ItemEntry[] items = new ItemEntry[MOST];
    private final float[][] rows = new float[SIGNALS.length][MOST];
    private final float[] keys = new float[MOST];
    private final TopSelection best = new TopSelection();
    private RankingRequest request;
    private ShopperView view;
    private int size;

    @SuppressWarnings("NullAway.Init") // The request is set by begin.
    SlotCandidates(CatalogIndex index, OfferRules rules) {
        this.index = index;
        this.rules = rules;
    }

    /** Prepares for a request. */
    void begin(RankingRequest asked, ShopperView loaded) {
        request = asked;
        view = loaded;
        if (!orders.isEmpty()) {
            orders.clear();
            ofShopper.clear();
        }
    }

    /**
     * The items that may fill a slot, best first; must not be written.
     *
     * @param entry of the bundle, as it is filled by this plan or by that of fewer units
     */
    ItemEntry[] of(BundleEntry entry, SlotPlan plan, int slot) {
        Priced priced = new Priced(plan.sets().get(slot), unitPrice(entry, plan));
        int wanted = Math.min(SlotItems.MOST, COMPARED + plan.units() + plan.fixed().length);
        OrderedItems order = orders.get(priced);
        if (order == null || order.wanted() < wanted) {
            order = new OrderedItems(wanted, order(priced, wanted));
            orders.put(priced, order);
        }
        int units = plan.slots().get(slot).units();
        ItemEntry[] free = free(plan, order.items());
        return units == 1 ? free : diverse(free, units);
    }

    private ItemEntry[] free(SlotPlan plan, ItemEntry[] all) {
        for (ItemEntry item : all) {
            if (!isFree(plan, item)) {
                return Arrays.stream(all).filter(each -> isFree(plan, each)).toArray(ItemEntry[]::new);
            }
        }
        return all;
    }

    private boolean isFree(SlotPlan plan, ItemEntry item) {
        return !plan.isFixed(item) && !rules.lacksRequired(item, plan.fixed(), request);
    }

    private ItemEntry[] order(Priced priced, int wanted) {
        SlotItems set = priced.set();
        size = 0;
        int[] popular = set.top();
        for (int i = 0; i < popular.length && size < wanted; i++) {
            add(index.itemAt(popular[i]));
        }
        if (popular.length > size) {
            addOfShopper(set);
        }
        Arrays.fill(keys, 0, size, 0f);
        for (int s = 0; s < SIGNALS.length; s++) {
            if (Standardizer.standardize(rows[s], rows[s], size)) {
                FactorMath.addScaled(keys, SIGNALS[s].priorWeight(), rows[s], size);
            }
        }
        if (priced.price() != null) {
            addWorth(priced.price());
        }
        best.reset(size);
        for (int i = 0; i < size; i++) {
            boolean last = rules.wearies(items[i], request.now(), view);
            best.offer(keys[i] + (last ? LAST : 0f), items[i].hash(), i);
        }
        ItemEntry[] order = new ItemEntry[size];
        for (int i = 0; i < size; i++) {
            order[i] = items[best.ordinal(i)];
        }
        return order;
    }

    /** What a unit adds to the price of a bundle; null where slates are not for money, or each item brings the same. */
    private @Nullable UnitPrice unitPrice(BundleEntry entry, SlotPlan plan) {
        Criterion kind = request.goal().kind();
        if (kind == Criterion.REVENUE) {
            return soldFor(entry, plan).share() > 0 ? UnitPrice.OWN : null;
        }
        Bundle bundle = entry.bundle();
        boolean stated = bundle.priceRule().isFixed() && !entry.mined() && bundle.marginMinor() != Item.UNKNOWN;
        return kind != Criterion.MARGIN || stated ? null : soldFor(entry, plan);
    }

    private UnitPrice soldFor(BundleEntry entry, SlotPlan plan) {
        Bundle bundle = entry.bundle();
        PriceRule rule = bundle.priceRule();
        if (!bundle.priceless()) {
            if (request.goal().choosesPrice(!entry.mined())) {
                return UnitPrice.OWN;
            }
            if (entry.mined() && rule.isFixed()) {
                return new UnitPrice(
                        0, 1 - (double) index.settings().pricing().discountBasisPoints() / BundlePricing.BASIS_POINTS);
            }
        }
        long filled = 0;
        for (int m = 0; m < entry.size(); m++) {
            filled += entry.quantity(m);
        }
        long units = filled
                + plan.units()
                - Objects.requireNonNull(entry.fill().plan()).units();
        double list = (double) entry.listPriceMinor() / filled * units;
        return rule.unitPrice(units, Math.round(list), entry.priceMinor());
    }

    /**
     * Adds the logarithm of what each item brings: a likely item that is cheap is worth no more than a dear one. An
     * unknown cost is the same share of the price as the others'.
     */
    private void addWorth(UnitPrice price) {
        boolean margin = request.goal().kind() == Criterion.MARGIN;
        double costShare = margin ? costShare(price) : 0;
        for (int i = 0; i < size; i++) {
            Item item = items[i].item();
            double sold = item == null ? 0 : price.of(item.priceMinor());
            double cost = margin ? BundleDraft.unitCost(item) : 0;
            keys[i] += (float) Math.log(Math.max(1, sold - (Double.isNaN(cost) ? sold * costShare : cost)));
        }
    }

    private double costShare(UnitPrice price) {
        double costs = 0;
        double prices = 0;
        for (int i = 0; i < size; i++) {
            Item item = items[i].item();
            double cost = BundleDraft.unitCost(item);
            if (item != null && !Double.isNaN(cost)) {
                costs += cost;
                prices += price.of(item.priceMinor());
            }
        }
        return prices > 0 ? Math.min(1, Math.max(0, costs / prices)) : 0;
    }

    private void addOfShopper(SlotItems set) {
        ShopperItems shopperItems = view.items();
        for (int i = 0; ofShopper.isEmpty() && i < Math.min(shopperItems.size(), MOST_OF_SHOPPER); i++) {
            ofShopper.add(index.itemAt(shopperItems.item(i)));
        }
        int popular = size;
        for (int i = 0; i < ofShopper.size(); i++) {
            if (set.holds(ofShopper.get(i)) && !isAdded(ofShopper.get(i), popular)) {
                add(ofShopper.get(i));
            }
        }
    }

    private boolean isAdded(ItemEntry item, int count) {
        for (int i = 0; i < count; i++) {
            if (items[i].ordinal() == item.ordinal()) {
                return true;
            }
        }
        return false;
    }

    private void add(ItemEntry item) {
        if (!rules.forbids(item, request, view)) {
            items[size] = item;
            measure(item, item.ordinal());
            size++;
        }
    }

    private void measure(ItemEntry item, int ordinal) {
        ShopperItems shopperItems = view.items();
        boolean known = shopperItems.contains(ordinal);
        for (int s = 0; s < SIGNALS.length; s++) {
            rows[s][size] = switch (SIGNALS[s]) {
                case MEMBER_COSINE -> cosine(item);
                case NEIGHBOR_SHARES ->
                    SignalCalculator.neighborShares(view.neighbors().share(ordinal));
                case HOLDINGS_LIKELIHOOD -> view.holdings().of(ordinal);
                case OWN_POPULARITY -> Softplus.of(item.logPopularityLong() - view.decayLong());
                case MEMBER_OVERLAP -> known && shopperItems.has(ordinal, ShopperItems.INTERACTED) ? 1f : 0f;
                case OWN_REPEAT -> known ? shopperItems.repeat(ordinal) : 0f;
                case BASKET_CONFIDENCE -> known ? shopperItems.basketConfidence(ordinal) : 0f;
                case CATEGORY_AFFINITY -> view.categoryShare(item.category());
                case TRIGGER -> known && shopperItems.has(ordinal, ShopperItems.TRIGGER) ? 1f : 0f;
                default -> 0f;
            };
        }
    }

    private float cosine(ItemEntry item) {
        float[] vector = view.tasteNorm() > 0 ? vector(item) : null;
        if (vector == null) {
            return 0f;
        }
        float length = FactorMath.length(vector);
        return length == 0 ? 0f : FactorMath.dot(view.taste(), vector) / (view.tasteNorm() * length);
    }

    private float @Nullable [] vector(ItemEntry item) {
        return view.space().vector(index.factors().slot(item.hash()));
    }

    /** So many items first of which no two are nearly the same; those that are like one before them come next. */
    private ItemEntry[] diverse(ItemEntry[] all, int units) {
        List<ItemEntry> chosen = new ArrayList<>(all.length);
        List<ItemEntry> alike = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            boolean full = chosen.size() >= units;
            (full || !likeOne(all[i], chosen) ? chosen : alike).add(all[i]);
        }
        if (alike.isEmpty()) {
            return all;
        }
        chosen.addAll(Math.min(units, chosen.size()), alike);
        return chosen.toArray(ItemEntry[]::new);
    }

    private boolean likeOne(ItemEntry item, List<ItemEntry> chosen) {
        float[] vector = vector(item);
        for (ItemEntry other : chosen) {
            float[] known = item.category() == other.category() ? vector(other) : null;
            if (vector != null && known != null && FactorMath.cosine(vector, known) >= SAME) {
                return true;
            }
        }
        return false;
    }
}
