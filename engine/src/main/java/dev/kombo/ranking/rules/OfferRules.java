package dev.kombo.ranking.rules;

import dev.kombo.catalog.index.BundleConditions;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleState;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.entity.Item;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.ranking.shopper.CartDiscount;
import dev.kombo.ranking.shopper.ShopperItems;
import dev.kombo.ranking.shopper.ShopperView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a bundle may be offered to a shopper now. Rules are applied before sampling and diversity, so that
 * the probability of each rank is known.
 */
public final class OfferRules {
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
}
