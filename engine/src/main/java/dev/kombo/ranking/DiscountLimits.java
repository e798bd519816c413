package dev.kombo.ranking;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the budgets of a strategy allow the discounts of a slate to cost.
 *
 * @param currency of the budgets, ISO 4217 code; empty without any
 * @param slate limit of all bundles; null: there is none
 * @param bundles further limits, by bundle
 */
public record DiscountLimits(String currency, @Nullable Limit slate, Map<String, Limit> bundles) {
    /** No budgets. */
    public static final DiscountLimits NONE = new DiscountLimits("", null, Map.of());

    /** The limit of a bundle; {@link Limit#NONE} where no budget counts its discount. */
    public Limit of(String bundleId, String bundleCurrency) {
        Limit own = bundles.isEmpty() ? null : bundles.get(bundleId);
        if (own == null && slate == null) {
            return Limit.NONE;
        }
        if (!currency.equals(bundleCurrency)) {
            // Its discount could not be counted.
            return Limit.SPENT;
        }
        if (own == null) {
            return Objects.requireNonNull(slate);
        }
        return slate == null ? own : new Limit(Math.min(own.leftMinor, slate.leftMinor));
    }

    /** Whether a budget counts the discount of a bundle. */
    public boolean counts(String bundleId, String bundleCurrency) {
        return currency.equals(bundleCurrency) && (slate != null || bundles.containsKey(bundleId));
    }

    /**
     * What budgets leave for a discount.
     *
     * @param leftMinor largest discount, in minor units
     */
    public record Limit(double leftMinor) {
        /** No limit. */
        public static final Limit NONE = new Limit(Double.POSITIVE_INFINITY);

        /** No discount at all. */
        public static final Limit SPENT = new Limit(0);

        /** Whether a discount is allowed; the list price always is. */
        public boolean allows(long discountMinor) {
            return discountMinor <= 0 || discountMinor <= leftMinor;
        }
    }
}
