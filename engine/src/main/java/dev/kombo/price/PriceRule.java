package dev.kombo.price;

import dev.kombo.entity.Item;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the price of a bundle, and what each member costs in it, from the members' prices. The last tier that the
 * members reach decides; without one they keep their prices. All amounts are in whole minor units, and the prices of
 * the members add up to the bundle's. A rule that the catalogue's checks refuse gives some price, and no exception.
 *
 * @param priceTiers those that ask for least first; empty: the bundle has a fixed price
 */
public record PriceRule(List<Tier> priceTiers) {
    /** The rule of a bundle with a fixed price. */
    public static final PriceRule NONE = new PriceRule(List.of());

    private static final long[] NO_PRICES = {};

    /** Copies the tiers, so that a bundle in an index never changes. */
    public PriceRule {
        priceTiers = List.copyOf(priceTiers);
    }

    /**
     * What a bundle costs from a number of units, or an amount, on. Exactly one of the last five is known.
     *
     * @param fromUnits units from which on it holds; 0: any number
     * @param fromAmountMinor sum of the members' prices from which on it holds, in minor units; 0: any
     * @param priceMinor price of {@code fromUnits} units, the dearest, or of all where that is 0; or
     *     {@link Item#UNKNOWN}
     * @param discountMinor amount off the sum of the members' prices, or {@link Item#UNKNOWN}
     * @param discountBasisPoints discount on that sum in hundredths of a percent, or 0
     * @param freeUnits units that are free of every {@code fromUnits}, the cheapest, or 0
     * @param giftItemId a member that is free; null: none
     */
    public record Tier(
            int fromUnits,
            long fromAmountMinor,
            long priceMinor,
            long discountMinor,
            int discountBasisPoints,
            int freeUnits,
            @Nullable String giftItemId) {
        /** An amount off does not depend on the items, so that each adds its own price. */
        private UnitPrice unitPrice(long units) {
            if (priceMinor != Item.UNKNOWN) {
                return new UnitPrice((double) priceMinor / (fromUnits == 0 ? units : fromUnits), 0);
            }
            double free = fromUnits == 0 ? 0 : (double) freeUnits / fromUnits;
            return new UnitPrice(0, 1 - free - (double) discountBasisPoints / BundlePricing.BASIS_POINTS);
        }

        /** What is left of each member's price. */
        private long[] prices(List<PricedMember> members, long[] lists, long list, long units) {
            if (discountMinor != Item.UNKNOWN) {
                return discountMinor > list ? NO_PRICES : split(list - discountMinor, lists);
            }
            if (discountBasisPoints > 0) {
                return split(BundlePricing.discounted(list, discountBasisPoints), lists);
            }
            if (priceMinor != Item.UNKNOWN) {
                long[] covered = priceOf(members, fromUnits == 0 ? units : fromUnits, false);
                long[] prices = split(priceMinor, covered);
                for (int m = 0; m < prices.length; m++) {
                    prices[m] += lists[m] - covered[m];
                }
                return prices;
            }
            long[] free = freeUnits > 0 && fromUnits > 0
                    ? priceOf(members, units / fromUnits * freeUnits, true)
                    : new long[lists.length];
            for (int m = 0; m < free.length; m++) {
                boolean gift = members.get(m).itemId().equals(giftItemId);
                free[m] = gift ? 0 : lists[m] - free[m];
            }
            return free;
        }

        /** The price of so many units of the bundle, by member: the cheapest ones, or the dearest. */
        private static long[] priceOf(List<PricedMember> members, long units, boolean cheapest) {
            long[] prices = new long[members.size()];
            boolean[] taken = new boolean[prices.length];
            int next = 0;
            for (long left = units; left > 0 && next >= 0; ) {
                next = -1;
                for (int m = 0; m < prices.length; m++) {
                    if (!taken[m] && (next < 0 || members.get(m).cheaperThan(members.get(next)) == cheapest)) {
                        next = m;
                    }
                }
                if (next >= 0) {
                    long some = Math.min(left, members.get(next).quantity());
                    prices[next] = some * members.get(next).unitPriceMinor();
                    taken[next] = true;
                    left -= some;
                }
            }
            return prices;
        }
    }

    /**
     * A member of a bundle with its price.
     *
     * @param quantity units of it in one bundle, at least 1
     * @param unitPriceMinor price of one unit outside the bundle, in minor units
     */
    public record PricedMember(String itemId, int quantity, long unitPriceMinor) {
        private boolean cheaperThan(PricedMember other) {
            return unitPriceMinor < other.unitPriceMinor;
        }

        /** Price of all its units outside the bundle, in minor units. */
        public long listPriceMinor() {
            return quantity * unitPriceMinor;
        }
    }

    /**
     * What one unit adds to the price of a bundle.
     *
     * @param amountMinor part of a price that does not depend on the items, in minor units
     * @param share part of its own price that is left, 0 to 1
     */
    public record UnitPrice(double amountMinor, double share) {
        /** Each item is sold at its own price. */
        public static final UnitPrice OWN = new UnitPrice(0, 1);

        /** The amount for an item with a price of its own, in minor units. */
        public double of(long ownMinor) {
            return amountMinor + share * ownMinor;
        }
    }

    /**
     * What one unit of a bundle adds to its price, on average.
     *
     * @param units of the bundle
     * @param listMinor what these cost one by one, in minor units
     * @param fixedMinor price of the bundle where this is not a rule, in minor units
     */
    public UnitPrice unitPrice(long units, long listMinor, long fixedMinor) {
        if (isFixed()) {
            return new UnitPrice((double) fixedMinor / units, 0);
        }
        int tier = reached(units, listMinor);
        return tier < 0 ? UnitPrice.OWN : priceTiers.get(tier).unitPrice(units);
    }

    /** Whether the bundle has a fixed price. */
    public boolean isFixed() {
        return priceTiers.isEmpty();
    }

    /** The place of the tier that the members reach, or -1. */
    public int reached(List<PricedMember> members) {
        long units = 0;
        long list = 0;
        for (PricedMember member : members) {
            units += member.quantity();
            list += member.listPriceMinor();
        }
        return reached(units, list);
    }

    private int reached(long units, long list) {
        int last = priceTiers.size() - 1;
        while (last >= 0
                && (priceTiers.get(last).fromUnits() > units
                        || priceTiers.get(last).fromAmountMinor() > list)) {
            last--;
        }
        return last;
    }

    /**
     * What each member costs in the bundle, in minor units, with all of its units; empty where the price would be below
     * 0. The sum depends on neither the members' order nor the split.
     *
     * @param members whose prices together do not overflow
     */
    public long[] memberPrices(List<PricedMember> members) {
        long[] lists = new long[members.size()];
        long list = 0;
        long units = 0;
        for (int m = 0; m < lists.length; m++) {
            lists[m] = members.get(m).listPriceMinor();
            list += lists[m];
            units += members.get(m).quantity();
        }
        int tier = reached(members);
        return tier < 0 ? lists : priceTiers.get(tier).prices(members, lists, list, units);
    }

    /**
     * Splits an amount in proportion to weights, each part rounded so that the parts add up to it. No part is above its
     * weight where the amount is not above the sum of the weights.
     *
     * @param weights at least 0; where all are 0, the last part is the amount
     */
    public static long[] split(long amount, long[] weights) {
        long whole = 0;
        for (long weight : weights) {
            whole += weight;
        }
        long[] parts = new long[weights.length];
        long seen = 0;
        long given = 0;
        for (int i = 0; i < parts.length; i++) {
            seen += weights[i];
            long upTo = seen == whole && (whole > 0 || i == parts.length - 1) ? amount : share(amount, seen, whole);
            parts[i] = upTo - given;
            given = upTo;
        }
        return parts;
    }

    /** The part {@code part / whole} of an amount, rounded down; 0 of nothing. */
    private static long share(long amount, long part, long whole) {
        if (whole == 0) {
            return 0;
        }
        // The product fits a long for any price of a real bundle.
        return Math.multiplyHigh(amount, part) == 0 && amount * part >= 0
                ? amount * part / whole
                : BigInteger.valueOf(amount)
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(whole))
                        .longValue();
    }
}
