package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.codec.Fields;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often one bundle was offered, clicked and bought in one arm of an experiment, and the revenue attributed to it,
 * since the start of the experiment.
 *
 * <p>A bundle has one currency. If its currency changes, later money in the new one is not counted: amounts of
 * different currencies are never added.
 *
 * @param bundleId the bundle
 * @param offers times offered
 * @param clicks times clicked
 * @param conversions times bought whole
 * @param revenueMinor attributed revenue, less returns, in minor units of the currency
 * @param currency ISO 4217 code; null before any money
 */
public record BundleAccount(
        String bundleId,
        long offers,
        long clicks,
        long conversions,
        long revenueMinor,
        @Nullable String currency) {
    /** Most offered first, then most bought, then by id. */
    public static final Comparator<BundleAccount> BUSIEST = Comparator.comparingLong(BundleAccount::offers)
            .thenComparingLong(BundleAccount::conversions)
            .reversed()
            .thenComparing(BundleAccount::bundleId);

    /** Stands for an account that is to be read. */
    public static final BundleAccount BLANK = new BundleAccount("");

    /** Version of the layout; version 0.2.0 wrote Avro. */
    private static final int LAYOUT = 1;

    /** Creates an account without any counts. */
    public BundleAccount(String bundleId) {
        this(bundleId, 0, 0, 0, 0, null);
    }

    public BundleAccount fields(Fields f) {
        f.version("an account of a bundle", LAYOUT, LAYOUT, LAYOUT);
        return new BundleAccount(
                f.text(bundleId),
                f.number(offers),
                f.number(clicks),
                f.number(conversions),
                f.number(revenueMinor),
                f.textOrNull(currency));
    }

    /** The bundles whose accounts count an outcome. */
    public static List<String> bundlesOf(Outcome outcome) {
        return switch (outcome.kind()) {
            case OFFERED -> outcome.bundleIds();
            case CLICK, CONVERSION, RETURN -> List.of(outcome.bundleId());
            default -> List.of();
        };
    }

    /** Returns the account with an outcome of the bundle added. */
    public BundleAccount plus(Outcome outcome) {
        return switch (outcome.kind()) {
            case OFFERED -> new BundleAccount(bundleId, offers + 1, clicks, conversions, revenueMinor, currency);
            case CLICK -> new BundleAccount(bundleId, offers, clicks + 1, conversions, revenueMinor, currency);
            case CONVERSION -> plus(1, outcome.bought().amount());
            case RETURN -> plus(0, outcome.bought().amount());
            default -> throw new IllegalArgumentException(outcome.kind() + " is not accounted for by bundle");
        };
    }

    private BundleAccount plus(int bought, Amount amount) {
        String known = currency == null ? amount.currency() : currency;
        long revenue = known != null && known.equals(amount.currency()) ? amount.revenueMinor() : 0;
        return new BundleAccount(
                bundleId, offers, clicks, conversions + bought, Amount.sum(revenueMinor, revenue), known);
    }
}
