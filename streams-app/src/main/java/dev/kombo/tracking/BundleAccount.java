package dev.kombo.tracking;

import java.util.Comparator;
import java.util.List;

/**
 * Figures of one bundle in one arm since the start. Touched by one thread.
 *
 * <p>A bundle has one currency. Should its currency change, later money in another one is not counted here: amounts of
 * different currencies are never added.
 */
public final class BundleAccount {
    /** Most offered first, then most bought, then by id. */
    public static final Comparator<BundleAccount> BUSIEST = Comparator.comparingLong(BundleAccount::offers)
            .thenComparingLong(BundleAccount::conversions)
            .reversed()
            .thenComparing(BundleAccount::bundleId);

    private final String bundleId;
    private long offers;
    private long clicks;
    private long conversions;
    private long revenueMinor;
    private String currency;

    /** A bundle of which nothing is counted yet. */
    public BundleAccount(String bundleId) {
        this.bundleId = bundleId;
    }

    /** Puts back what was stored; the currency is null before any money. */
    public void restore(
            long storedOffers, long storedClicks, long storedConversions, long storedRevenue, String storedCurrency) {
        offers = storedOffers;
        clicks = storedClicks;
        conversions = storedConversions;
        revenueMinor = storedRevenue;
        currency = storedCurrency;
    }

    /** The bundles that an outcome counts for; each of their accounts is to apply it. */
    public static List<String> bundlesOf(Outcome outcome) {
        return switch (outcome.kind()) {
            case OFFERED -> outcome.bundleIds();
            case CLICK, CONVERSION, RETURN -> List.of(outcome.bundleId());
            default -> List.of();
        };
    }

    /** The bundle. */
    public String bundleId() {
        return bundleId;
    }

    /** Times offered. */
    public long offers() {
        return offers;
    }

    /** Times clicked. */
    public long clicks() {
        return clicks;
    }

    /** Times bought whole. */
    public long conversions() {
        return conversions;
    }

    /** Attributed revenue, less returns, in minor units of the currency. */
    public long revenueMinor() {
        return revenueMinor;
    }

    /** ISO 4217 code; null before any money. */
    public String currency() {
        return currency;
    }

    /** Counts an outcome of the bundle. */
    public void apply(Outcome outcome) {
        switch (outcome.kind()) {
            case OFFERED -> offers++;
            case CLICK -> clicks++;
            case CONVERSION -> {
                conversions++;
                add(outcome.amount());
            }
            case RETURN -> add(outcome.amount());
            default -> throw new IllegalArgumentException(outcome.kind() + " is not accounted for by bundle");
        }
    }

    private void add(Amount amount) {
        if (currency == null) {
            currency = amount.currency();
        }
        if (currency != null && currency.equals(amount.currency())) {
            revenueMinor += amount.revenueMinor();
        }
    }
}
