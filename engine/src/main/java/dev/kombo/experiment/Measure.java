package dev.kombo.experiment;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The measures that are compared between arms, one value per shopper. Stored by ordinal, as bits: append only. */
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
    REPEAT_PURCHASE_30D("repeatPurchase30d", 60, false);

    private final String label;
    private final long millis;
    private final boolean money;

    Measure(String label, int days, boolean money) {
        this.label = label;
        this.millis = TimeUnit.DAYS.toMillis(days);
        this.money = money;
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
        return true;
    }

    /** Time after assignment at which it is known, milliseconds. */
    public long millis() {
        return millis;
    }

    /** The measure with the name; null: not known. */
    public static @Nullable Measure of(String label) {
        for (Measure measure : values()) {
            if (measure.label.equals(label)) {
                return measure;
            }
        }
        return null;
    }

    /** The names of all measures, for a message. */
    public static String labels() {
        return Arrays.stream(values()).map(Measure::label).collect(Collectors.joining(", "));
    }

    /** Its place in a set of measures. */
    public int bit() {
        return 1 << ordinal();
    }
}
