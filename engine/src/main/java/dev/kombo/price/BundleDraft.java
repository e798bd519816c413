package dev.kombo.price;

import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.price.PriceRule.PricedMember;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works out the list price, cost and margin of a bundle from its members. What is not known of one member, or differs
 * in currency, is not known of the bundle.
 */
public final class BundleDraft {
    /** A larger sum of prices is treated as an error in the catalogue. */
    private static final double LARGEST_PRICE = 1e18;

    private final PriceRule rule;
    private final List<PricedMember> pricedMembers;
    private @Nullable String currency;
    private boolean priced = true;
    private boolean oneCurrency = true;
    private long prices;
    private long cheapest = Long.MAX_VALUE;
    private long dearest = Item.UNKNOWN;
    private double size;
    private double cost;

    /** Creates a draft without members, of a bundle with a price of its own. */
    public BundleDraft() {
        this(PriceRule.NONE);
    }

    /** Creates a draft without members. */
    public BundleDraft(PriceRule rule) {
        this.rule = rule;
        pricedMembers = rule.isFixed() ? List.of() : new ArrayList<>();
    }

    /** Returns the draft of a bundle with these members, whose items are looked up by id; null: not known. */
    public static BundleDraft of(List<BundleMember> members, Function<String, @Nullable Item> items) {
        return of(members, PriceRule.NONE, items);
    }

    /** The same for a bundle whose price may follow from a rule. */
    public static BundleDraft of(List<BundleMember> members, PriceRule rule, Function<String, @Nullable Item> items) {
        BundleDraft draft = new BundleDraft(rule);
        members.forEach(member -> draft.add(items.apply(member.itemId()), member.quantity()));
        return draft;
    }

    /**
     * Adds a member.
     *
     * @param item null: not known
     * @param units of it in one bundle
     */
    public void add(@Nullable Item item, int units) {
        if (item != null && item.priced()) {
            oneCurrency &= currency == null || currency.equals(item.currency());
            currency = item.currency();
            prices += item.priceMinor() * units;
            cheapest = Math.min(cheapest, item.priceMinor());
            dearest = Math.max(dearest, item.priceMinor());
            size += (double) item.priceMinor() * units;
            if (!rule.isFixed()) {
                pricedMembers.add(new PricedMember(item.id(), units, item.priceMinor()));
            }
        } else {
            priced = false;
        }
        cost += unitCost(item) * units;
    }

    /**
     * What a unit costs the shop, in minor units; not a number if that is not known. Where there is no price, the
     * margin of an item is a negative cost.
     */
    public static double unitCost(@Nullable Item item) {
        if (item != null && !item.priced() && item.marginMinor() != Item.UNKNOWN) {
            return -item.marginMinor();
        }
        return item == null || item.costMinor() < 0 ? Double.NaN : item.costMinor();
    }

    /** Whether each member has a price. */
    public boolean priced() {
        return priced;
    }

    /** Whether no member has a price in another currency. */
    public boolean isIn(String code) {
        return oneCurrency && (currency == null || currency.equals(code));
    }

    /** The currency of all members; null if one has no price, or they differ. */
    public @Nullable String currency() {
        return priced && oneCurrency ? currency : null;
    }

    /** The sum of the members' prices in a currency, in minor units, or {@link Item#UNKNOWN}. */
    public long listPriceMinor(String code) {
        return priced && isIn(code) && size <= LARGEST_PRICE ? prices : Item.UNKNOWN;
    }

    /** The price in a currency that follows from the rule, in minor units; {@link Item#UNKNOWN} without one. */
    public long rulePriceMinor(String code) {
        if (rule.isFixed() || listPriceMinor(code) == Item.UNKNOWN) {
            return Item.UNKNOWN;
        }
        long[] parts = rule.memberPrices(pricedMembers);
        long price = parts.length == 0 ? Item.UNKNOWN : 0;
        for (long part : parts) {
            price += part;
        }
        return price;
    }

    /**
     * The price of the bundle of these members in a currency: what its rule gives, else the one that it states, in
     * minor units.
     */
    public long priceMinor(String code, long statedMinor) {
        long ruled = rulePriceMinor(code);
        return ruled == Item.UNKNOWN ? statedMinor : ruled;
    }

    /** The place of the rule's tier that the members reach, or -1. */
    public int reachedTier() {
        return rule.reached(pricedMembers);
    }

    /** The price of the dearest unit in minor units, or {@link Item#UNKNOWN}. */
    public long dearestMinor() {
        return dearest;
    }

    /** The price of a mined bundle of these members in a currency, in minor units, or {@link Item#UNKNOWN}. */
    public long minedPriceMinor(String code, BundlePricing pricing) {
        long listPrice = listPriceMinor(code);
        return listPrice == Item.UNKNOWN || dearest < 0
                ? Item.UNKNOWN
                : pricing.mined(listPrice, cheapest, dearest, cost);
    }

    /**
     * Why a price in a currency looks like a mistake: it is above the sum of the members' prices, below their cost, or
     * less than half of the sum; null: it does not, or the prices are not known.
     */
    public @Nullable String doubt(long priceMinor, String code) {
        long listPrice = listPriceMinor(code);
        if (listPrice == Item.UNKNOWN) {
            return null;
        }
        if (priceMinor > listPrice) {
            return "is above " + money(listPrice, code) + ", what its items cost one by one: it would not be offered";
        }
        if (priceMinor < cost) {
            return "is below " + money((long) cost, code) + ", what its items cost the shop";
        }
        return priceMinor < listPrice / 2
                ? "is less than half of " + money(listPrice, code) + ", what its items cost one by one"
                : null;
    }

    /** What a price in a currency gives away beyond a share of the cheapest member, in words; null: nothing. */
    public @Nullable String givesAway(long priceMinor, String code, BundlePricing pricing) {
        long listPrice = listPriceMinor(code);
        return listPrice == Item.UNKNOWN || priceMinor >= pricing.lowest(listPrice, cheapest, Double.NaN)
                ? null
                : "gives away " + money(listPrice - priceMinor, code)
                        + ", more than %.0f %% of %s, the price of its cheapest item"
                                .formatted(pricing.addedShareBasisPoints() / 100.0, money(cheapest, code));
    }

    /**
     * What limits the saving that may be stated; null where the list price is the lowest of 30 days.
     *
     * @param lowestMinor lowest price of 30 days
     */
    public @Nullable String raised(long lowestMinor, String code) {
        long listPrice = listPriceMinor(code);
        return listPrice == Item.UNKNOWN || lowestMinor >= listPrice
                ? null
                : "is " + money(listPrice, code) + " at list, but the lowest of 30 days is " + money(lowestMinor, code)
                        + ": with kombo.rule.prior.price its saving is told against that";
    }

    private static String money(long minor, String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return BigDecimal.valueOf(minor, Math.max(0, digits)).toPlainString() + ' ' + currency;
    }

    /** The sum of the members' costs, in minor units; not a number if one is not known. */
    public double costMinor() {
        return cost;
    }

    /** A price in a currency less the cost, in minor units, or {@link Item#UNKNOWN}. */
    public long marginMinor(long priceMinor, String code) {
        boolean known = listPriceMinor(code) != Item.UNKNOWN && !Double.isNaN(cost);
        return known ? priceMinor - (long) cost : Item.UNKNOWN;
    }
}
