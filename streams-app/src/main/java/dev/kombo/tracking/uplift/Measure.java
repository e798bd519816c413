package dev.kombo.tracking.uplift;

import java.util.concurrent.TimeUnit;

/** What is compared between arms, once a shopper. Stored by the place of its bit: new ones come last. */
public enum Measure {
    /** What was paid, less returns, on the first day. */
    REVENUE_1D("revenue1d", ObservationWindow.DAY),
    /** What was paid, less returns, in the first 7 days. */
    REVENUE_7D("revenue7d", ObservationWindow.WEEK),
    /** What was paid, less returns, in the first 28 days. */
    REVENUE_28D("revenue28d", ObservationWindow.FOUR_WEEKS),
    /**
     * Whether a shopper ordered within 30 days after entry and again within 30 days of that. Asked of all who entered,
     * after 60 days: whoever orders was chosen by the arm, and is not comparable.
     */
    REPEAT_PURCHASE_30D("repeatPurchase30d", null);

    private final String label;
    private final ObservationWindow window;

    Measure(String label, ObservationWindow window) {
        this.label = label;
        this.window = window;
    }

    /** Name in topics and reports. */
    public String label() {
        return label;
    }

    /** Whether it is an amount of money, and not 0 or 1. */
    public boolean money() {
        return window != null;
    }

    /** Time after entry at which it is known, milliseconds. */
    public long millis() {
        return window == null ? TimeUnit.DAYS.toMillis(60) : window.millis();
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

    ObservationWindow window() {
        return window;
    }

    int bit() {
        return 1 << ordinal();
    }
}
