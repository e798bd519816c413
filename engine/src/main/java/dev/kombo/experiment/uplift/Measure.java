package dev.kombo.experiment.uplift;

import java.util.concurrent.TimeUnit;

/** What is compared between arms, once a shopper. Stored by the place of its bit: new ones come last. */
public enum Measure {
    /** What was paid, less returns, on the first day. */
    REVENUE_1D("revenue1d", 1, true),
    /** What was paid, less returns, in the first 7 days. */
    REVENUE_7D("revenue7d", 7, true),
    /** What was paid, less returns, in the first 28 days. */
    REVENUE_28D("revenue28d", 28, true),
    /**
     * Whether a shopper ordered within 30 days after entry and again within 30 days of that. Asked of all who entered,
     * after 60 days: whoever orders was chosen by the arm, and is not comparable.
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

    /** Whether it is an amount of money, and not 0 or 1. */
    public boolean money() {
        return money;
    }

    /** Time after entry at which it is known, milliseconds. */
    public long millis() {
        return millis;
    }

    /** The measure of that name, or null where none is known. */
    public static Measure of(String label) {
        for (Measure measure : values()) {
            if (measure.label.equals(label)) {
                return measure;
            }
        }
        return null;
    }

    int bit() {
        return 1 << ordinal();
    }
}
