package dev.kombo.ranking.rules;

import dev.kombo.catalog.FactorMath;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.RepurchaseCounts;
import dev.kombo.catalog.index.BundleConditions;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleState;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.profile.Cart;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.shopper.CartDiscount;
import dev.kombo.ranking.shopper.ShopperItems;
import dev.kombo.ranking.shopper.ShopperView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a bundle may be offered to a shopper now. Rules are applied before sampling and diversity, so that
 * the probability of each rank is known.
 */
public final class OfferRules {
    private static final int FIRST_CAPACITY = 16;

    /** Evidence of repurchases does not reach further: by then a wait weighs less than a five-hundredth. */
    private static final long REMEMBERED = 9 * RepurchaseCounts.HALF_LIFE_MILLIS;

    private final CatalogIndex index;
    private final RuleSettings settings;
    private final CategoryCoolDowns coolDowns;
    private final Substitutes substitutes;
    private final SetCompletion completion;

    public OfferRules(CatalogIndex index, RuleSettings settings) {
        this.index = index;
        this.settings = settings;
        coolDowns = new CategoryCoolDowns(index, settings);
        substitutes = new Substitutes(index);
        completion = new SetCompletion(index);
    }

    /** Prepares for one event. */
    public void begin(RankingRequest request) {
        coolDowns.refresh();
        completion.begin();
        if (settings.substitutes()) {
            substitutes.load(request);
        }
    }

    /**
     * What the shopper of a request would be offered of a bundle that breaks no rule: itself, or what is missing of it.
     */
    public BundleEntry offered(BundleEntry entry, RankingRequest request, ShopperView view) {
        BundleEntry part = completion.of(entry, request.now(), view.items());
        return part == null ? entry : part;
    }

    /**
     * Checks what a shopper would be offered of one bundle.
     *
     * @param whole the bundle, or null
     * @param request the request
     * @param view its shopper, loaded
     * @return the first rule that is broken, or null where it may be offered
     */
    public @Nullable Exclusion check(@Nullable BundleEntry whole, RankingRequest request, ShopperView view) {
        if (whole == null) {
            return Exclusion.NOT_IN_CATALOGUE;
        }
        if (leftOut(whole, request)) {
            return Exclusion.LEFT_OUT;
        }
        BundleEntry entry = completion.of(whole, request.now(), view.items());
        if (entry == null) {
            return completion.why(whole, request.now(), view.items());
        }
        Exclusion exclusion = checkTerms(entry, request);
        exclusion = exclusion != null ? exclusion : checkDiscount(entry, request, view.cartDiscount());
        exclusion = exclusion != null ? exclusion : HoldingRules.check(entry, request);
        return exclusion != null ? exclusion : checkShopper(entry, request.now(), view);
    }

    /** The first rule that a bundle breaks however its slots are filled, or null. */
    public @Nullable Exclusion checkUnfilled(BundleEntry entry, RankingRequest request, ShopperView view) {
        if (leftOut(entry, request)) {
            return Exclusion.LEFT_OUT;
        }
        BundleState state = BundleState.of(entry, request.now());
        if (state.compareTo(BundleState.OFFERED) > 0 && state.compareTo(BundleState.UNFILLABLE) <= 0) {
            return Exclusion.of(state);
        }
        if (entry.bundle().stock() < 1) {
            return Exclusion.OUT_OF_STOCK;
        }
        if (otherSegment(entry, request)) {
            return Exclusion.OTHER_SEGMENT;
        }
        return offeredTooOften(entry, request.now(), view) ? Exclusion.OFFERED_TOO_OFTEN : null;
    }

    private static boolean leftOut(BundleEntry entry, RankingRequest request) {
        return !request.excluded().isEmpty()
                && request.excluded().contains(entry.bundle().id());
    }

    private static boolean otherSegment(BundleEntry entry, RankingRequest request) {
        return !entry.forEveryone()
                && !anyOf(entry.bundle().segments(), request.behavior().segments());
    }

    private boolean offeredTooOften(BundleEntry entry, long now, ShopperView view) {
        return view.bundles().offers(entry.ordinal()) >= settings.frequencyCap()
                && within(view.bundles().offeredAt(entry.ordinal()), now, settings.frequencyWindowMillis());
    }

    /** Whether no bundle with an item may be offered to the shopper, so that it fills no slot. */
    public boolean forbids(ItemEntry entry, RankingRequest request, ShopperView view) {
        Item item = entry.item();
        return item == null
                || HoldingRules.forbid(entry, item, request)
                || substitutes.replaces(entry.ordinal(), entry.category(), view.items())
                || boughtOnce(entry.ordinal(), item.suitability().repeatable(), request.now(), view.items());
    }

    /**
     * Whether an item requires one that the shopper does not hold and that is not among others of a bundle, by hash.
     */
    public boolean lacksRequired(ItemEntry entry, long[] others, RankingRequest request) {
        return HoldingRules.lacksRequired(entry, others, request);
    }

    /** Whether an item is in the basket, or bought within its cool-down: a bundle of only such items is not offered. */
    public boolean wearies(ItemEntry entry, long now, ShopperView view) {
        ShopperItems items = view.items();
        return items.contains(entry.ordinal())
                && (items.has(entry.ordinal(), ShopperItems.BASKET)
                        || within(items.boughtAt(entry.ordinal()), now, coolDowns.of(entry.category())));
    }

    /** Whether a price is within the range of prices at which bundles are offered. */
    public boolean inPriceBand(long priceMinor) {
        return priceMinor >= settings.minPriceMinor() && priceMinor <= settings.maxPriceMinor();
    }

    private @Nullable Exclusion checkTerms(BundleEntry entry, RankingRequest request) {
        // An arm that chooses among discounts keeps the limits where it chooses.
        boolean discounts = request.goal().discounts().length > 0;
        Exclusion exclusion = Exclusion.of(BundleState.of(entry, request.now(), discounts));
        if (exclusion != null) {
            return exclusion;
        }
        return otherSegment(entry, request) ? Exclusion.OTHER_SEGMENT : null;
    }

    /** Checks the price beside the shop's own discount on the cart. */
    private static @Nullable Exclusion checkDiscount(BundleEntry entry, RankingRequest request, CartDiscount discount) {
        if (!discount.concerns(entry)) {
            return null;
        }
        if (!CartDiscount.combines(entry)) {
            return discount.savesMore(entry) ? Exclusion.CODE_SAVES_MORE : null;
        }
        // An arm that chooses among discounts keeps the limits where it chooses.
        return request.goal().discounts().length == 0 && entry.priceMinor() < discount.lowestPrice(entry)
                ? Exclusion.BELOW_PRICE_LIMITS
                : null;
    }

    static boolean anyOf(Set<String> wanted, Set<String> given) {
        for (String segment : given) {
            if (wanted.contains(segment)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Exclusion checkShopper(BundleEntry entry, long now, ShopperView view) {
        if (!inPriceBand(entry.priceMinor())) {
            return Exclusion.OUTSIDE_PRICE_BAND;
        }
        if (offeredTooOften(entry, now, view)) {
            return Exclusion.OFFERED_TOO_OFTEN;
        }
        if (inBasket(entry, view.items())) {
            return Exclusion.IN_BASKET;
        }
        if (substitutes.in(entry, view.items())) {
            return Exclusion.SUBSTITUTE;
        }
        if (boughtRecently(entry, now, view)) {
            return Exclusion.BOUGHT_RECENTLY;
        }
        return boughtOnce(entry, now, view.items()) ? Exclusion.BOUGHT_ONCE : null;
    }

    private static boolean inBasket(BundleEntry entry, ShopperItems items) {
        if ((entry.memberMask() & ~items.basketMask()) != 0) {
            return false;
        }
        for (int m = 0; m < entry.size(); m++) {
            int item = entry.member(m);
            if (!items.has(item, ShopperItems.BASKET)
                    || (!items.has(item, ShopperItems.ORDERED) && items.cartUnits(item) < entry.quantity(m))) {
                return false;
            }
        }
        return entry.size() > 0;
    }

    private boolean boughtRecently(BundleEntry entry, long now, ShopperView view) {
        long bought = view.bundles().boughtAt(entry.ordinal());
        if (bought != Long.MIN_VALUE && within(bought, now, coolDown(entry))) {
            return true;
        }
        if ((entry.memberMask() & ~view.items().boughtMask()) != 0) {
            return false;
        }
        for (int m = 0; m < entry.size(); m++) {
            int item = entry.member(m);
            if (!view.items().contains(item)
                    || !within(view.items().boughtAt(item), now, coolDowns.of(entry.memberCategory(m)))) {
                return false;
            }
        }
        return entry.size() > 0;
    }

    /** Whether the shopper bought a member, other than in the open order, that is hardly ever bought again. */
    private boolean boughtOnce(BundleEntry entry, long now, ShopperItems items) {
        if ((entry.memberMask() & items.boughtMask()) == 0) {
            return false;
        }
        BundleConditions conditions = entry.conditions();
        for (int m = 0; m < entry.size(); m++) {
            if (boughtOnce(entry.member(m), conditions != null && conditions.repeatable()[m], now, items)) {
                return true;
            }
        }
        return false;
    }

    private boolean boughtOnce(int item, boolean repeatable, long now, ShopperItems items) {
        if (repeatable || !items.contains(item)) {
            return false;
        }
        // Many bundles share an item: it is decided once per event.
        if (!items.has(item, ShopperItems.REPURCHASE_KNOWN)) {
            boolean once = remembered(items.boughtAt(item), now)
                    && !items.has(item, ShopperItems.ORDERED)
                    && index.repurchaseRate(item, now) < settings.repurchaseMin();
            items.flag(item, ShopperItems.REPURCHASE_KNOWN | (once ? ShopperItems.BOUGHT_ONCE : 0));
        }
        return items.has(item, ShopperItems.BOUGHT_ONCE);
    }

    /** The cool-down of a bundle: the shortest of its members'. */
    private long coolDown(BundleEntry entry) {
        long shortest = settings.coolDownMillis();
        for (int m = 0; m < entry.size(); m++) {
            long ofMember = coolDowns.of(entry.memberCategory(m));
            shortest = m == 0 ? ofMember : Math.min(shortest, ofMember);
        }
        return shortest;
    }

    /** Whether a purchase at a time, or {@link Long#MIN_VALUE} for none, still counts. */
    static boolean remembered(long time, long now) {
        return within(time, now, REMEMBERED);
    }

    /** Whether a time, or {@link Long#MIN_VALUE} for never, is less than a window ago. */
    private static boolean within(long time, long now, long window) {
        return time != Long.MIN_VALUE && (double) now - time < window;
    }

    /** Looks up cool-downs by category number. Not thread-safe. */
    private static final class CategoryCoolDowns {
        private final CatalogIndex index;
        private final RuleSettings settings;
        private long[] coolDowns = {};

        CategoryCoolDowns(CatalogIndex index, RuleSettings settings) {
            this.index = index;
            this.settings = settings;
        }

        /** Adds categories that were numbered since the last call. */
        void refresh() {
            int count = index.categoryCount();
            if (settings.categoryCoolDownMillis().isEmpty() || count <= coolDowns.length) {
                return;
            }
            long[] grown = new long[count];
            Arrays.fill(grown, settings.coolDownMillis());
            for (Map.Entry<String, Long> override :
                    settings.categoryCoolDownMillis().entrySet()) {
                int category = index.category(override.getKey());
                if (category >= 0 && category < count) {
                    grown[category] = override.getValue();
                }
            }
            coolDowns = grown;
        }

        /** The cool-down of a category in milliseconds; -1 stands for no category. */
        long of(int category) {
            return category >= 0 && category < coolDowns.length ? coolDowns[category] : settings.coolDownMillis();
        }
    }

    /**
     * What shoppers take instead of an item of the basket and not beside it: of the same category, touched by the same
     * shoppers (the cosine of the two vectors of factors), and bought together at most a third as often as chance would
     * have it, n_i n_j / N orders, where that is enough to tell (McAuley, Pandey, Leskovec: Inferring Networks of
     * Substitutable and Complementary Products, KDD 2015, tell the two kinds apart by co-views and co-purchases as
     * well). Needs no counts of its own. Touched by one thread.
     */
    private static final class Substitutes {
        /** Where so many common orders are expected, chance leaves none of them once in twenty times. */
        private static final double FEWEST_EXPECTED = 3;

        private static final double MOST_SHARE = 1.0 / 3;
        private static final float LEAST_COSINE = 0.5f;

        private final CatalogIndex index;
        private ItemEntry[] basket = new ItemEntry[FIRST_CAPACITY];

        /** The line of the basket before each with the same category, plus 1; 0 where there is none. */
        private int[] previous = new int[FIRST_CAPACITY];

        /** The last line of the basket by category, plus 1; 0 where there is none. */
        private int[] last = {};

        private long categoryMask;
        private int size;
        private double orders;

        Substitutes(CatalogIndex index) {
            this.index = index;
        }

        /** Takes in a basket. */
        void load(RankingRequest request) {
            for (int b = 0; b < size; b++) {
                last[basket[b].category()] = 0;
            }
            size = 0;
            categoryMask = 0;
            // Before the first order, none is expected.
            orders = index.orders() > 0 ? index.orders() : Double.POSITIVE_INFINITY;
            List<Cart.Line> lines = request.behavior().cart().lines();
            for (int i = 0; i < lines.size(); i++) {
                add(index.itemOrdinal(lines.get(i).itemId()));
            }
            if (request.behavior().order() != null) {
                List<String> ordered = request.behavior().order().items();
                for (int i = 0; i < ordered.size(); i++) {
                    add(index.itemOrdinal(ordered.get(i)));
                }
            }
        }

        private void add(int item) {
            ItemEntry entry = item == CatalogIndex.UNKNOWN ? null : index.itemAt(item);
            if (entry != null && entry.category() >= 0) {
                int category = entry.category();
                if (size == basket.length) {
                    basket = Arrays.copyOf(basket, 2 * size);
                    previous = Arrays.copyOf(previous, 2 * size);
                }
                if (category >= last.length) {
                    last = Arrays.copyOf(last, category + category / 2 + FIRST_CAPACITY);
                }
                basket[size] = entry;
                previous[size] = last[category];
                last[category] = ++size;
                categoryMask |= BundleEntry.mask(category);
            }
        }

        /** Whether a bundle has one. */
        boolean in(BundleEntry entry, ShopperItems items) {
            if ((entry.categoryMask() & categoryMask) == 0) {
                return false;
            }
            for (int m = 0; m < entry.size(); m++) {
                if (replaces(entry.member(m), entry.memberCategory(m), items)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether an item of a category is one. */
        boolean replaces(int item, int category, ShopperItems items) {
            int line = category >= 0 && category < last.length ? last[category] : 0;
            return line > 0 && unrelated(item, items) && replacesFrom(line, item);
        }

        /** Whether an item replaces a line of the basket or one before it with the same category. */
        private boolean replacesFrom(int line, int item) {
            double root = index.rootPurchases(item);
            for (int b = line; b > 0; b = previous[b - 1]) {
                double both = basket[b - 1].rootPurchases() * root;
                double expected = both * both / orders;
                if (expected >= FEWEST_EXPECTED && replaces(basket[b - 1], index.itemAt(item), expected)) {
                    return true;
                }
            }
            return false;
        }

        /** What goes with something of the basket, is in it, or is looked at just now, is wanted. */
        private static boolean unrelated(int item, ShopperItems items) {
            return items.basketFit(item) == 0 && !items.has(item, ShopperItems.BASKET | ShopperItems.TRIGGER);
        }

        private boolean replaces(ItemEntry basketItem, ItemEntry other, double expected) {
            return Math.max(common(basketItem, other), common(other, basketItem)) <= MOST_SHARE * expected
                    && cosine(basketItem, other) >= LEAST_COSINE;
        }

        /** Orders with both; of a pair that is not published, as many as of the published one with the fewest. */
        private static int common(ItemEntry one, ItemEntry other) {
            int fewest = Integer.MAX_VALUE;
            for (int n = 0; n < one.neighbors().length; n++) {
                int orders = one.neighborOrders()[n];
                if (one.neighbors()[n] == other.ordinal()) {
                    return orders;
                }
                fewest = Math.min(fewest, orders);
            }
            return one.neighbors().length == 0 ? 0 : fewest;
        }

        private float cosine(ItemEntry one, ItemEntry other) {
            FactorSpace space = index.factors().space();
            float[] first = space.vector(index.factors().slot(one.hash()));
            float[] second = space.vector(index.factors().slot(other.hash()));
            return first == null || second == null ? 0 : FactorMath.cosine(first, second);
        }
    }
}
