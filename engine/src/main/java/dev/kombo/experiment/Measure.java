package dev.kombo.experiment;

import dev.kombo.codec.Fields;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The measures that are compared between arms, one value per shopper. Stored by their order, the first four as bits;
 * all others are reported together with {@link #REVENUE_28D}: append only.
 */
public enum Measure {
    /** Revenue less returns on the first day. */
    REVENUE_1D("revenue1d", 1, true),
    /** Revenue less returns in the first 7 days. */
    REVENUE_7D("revenue7d", 7, true),
    /** Revenue less returns in the first 28 days. */
    REVENUE_28D("revenue28d", 28, true),
    /**
     * Whether a shopper ordered within 30 days after assignment and again within 30 days of that. Computed over
     * everyone assigned, after 60 days: shoppers who order are selected by the treatment and not comparable.
     */
    REPEAT_PURCHASE_30D("repeatPurchase30d", 60, false),
    /** Revenue less returns less costs in the first 28 days, of lines whose costs are known. */
    MARGIN_28D("margin28d", 28, true),
    /** Whether a shopper returned something in the first 28 days that was bought in them. */
    RETURN_RATE_28D("returnRate28d", false, Use.GUARDS),
    /** Whether a shopper dismissed an offer or a bundle of it in the first 28 days. */
    DISMISSAL_RATE_28D("dismissalRate28d", false, Use.GUARDS_OFFERS),
    /** What a shopper saved on bundles bought through offers in the first 28 days, less what was returned of it. */
    DISCOUNT_28D("discount28d", true, Use.GUARDS_OFFERS),
    /** Whether a shopper ordered in the first 28 days. */
    CONVERSION_28D("conversion28d", false, Use.DECIDES);

    /** What a measure may be named for in a strategy. */
    private enum Use {
        /** As the primary measure, and in guardrails: more of it is better. */
        DECIDES,
        /** In guardrails: less of it is better. */
        GUARDS,
        /** In guardrails against a baseline, since a holdout has no offers: less of it is better. */
        GUARDS_OFFERS
    }

    /** Days of most measures; they are part of its name. */
    private static final int USUAL_DAYS = 28;

    private static final Measure[] MEASURES = values();

    private final String label;
    private final long millis;
    private final boolean money;
    private final Use use;

    Measure(String label, int days, boolean money) {
        this.label = label;
        this.millis = days * Millis.DAY;
        this.money = money;
        this.use = Use.DECIDES;
    }

    /** A measure of the first 28 days. */
    Measure(String label, boolean money, Use use) {
        this.label = label;
        this.millis = USUAL_DAYS * Millis.DAY;
        this.money = money;
        this.use = use;
    }

    public Measure fields(Fields f) {
        return f.constant(this, MEASURES);
    }

    /** Name in topics and reports. */
    public String label() {
        return label;
    }

    /** Whether it is an amount of money, not 0 or 1. */
    public boolean money() {
        return money;
    }

    /** Whether a larger value is the better one. */
    public boolean moreIsBetter() {
        return decides();
    }

    /** Whether an experiment may be decided by it. */
    public boolean decides() {
        return use == Use.DECIDES;
    }

    /** Whether only shoppers who get offers can have it: it is not compared with a holdout. */
    public boolean ofOffers() {
        return use == Use.GUARDS_OFFERS;
    }

    /** Whether it has an outcome of its own; the others are part of that of {@link #REVENUE_28D}. */
    public boolean reportedAlone() {
        return ordinal() <= REPEAT_PURCHASE_30D.ordinal();
    }

    /** Time after assignment at which it is known, milliseconds. */
    public long millis() {
        return millis;
    }

    /** The measure with the name; null: not known. */
    public static @Nullable Measure of(String label) {
        for (Measure measure : MEASURES) {
            if (measure.label.equals(label)) {
                return measure;
            }
        }
        return null;
    }

    /** The names of measures, for a message. */
    public static String labels(Predicate<Measure> which) {
        return Arrays.stream(values()).filter(which).map(Measure::label).collect(Collectors.joining(", "));
    }

    /** Its place in a set of measures. */
    public int bit() {
        return 1 << ordinal();
    }
}
