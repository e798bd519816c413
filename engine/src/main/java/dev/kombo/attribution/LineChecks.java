package dev.kombo.attribution;

/** Validation shared by purchases and returns. */
public final class LineChecks {
    private LineChecks() {}

    static void check(String itemId, String bundleId, int quantity, long unitPriceMinor) {
        if ((itemId == null) == (bundleId == null)) {
            throw new IllegalArgumentException("a line names an item or a bundle, and not both");
        }
        if (quantity < 1 || unitPriceMinor < 0 || unitPriceMinor > Long.MAX_VALUE / quantity) {
            throw new IllegalArgumentException("quantity or price out of range: " + quantity + " at " + unitPriceMinor);
        }
    }

    /** Whether two currencies match; an unknown one, where there is no price, matches any. */
    static boolean fits(String currency, String other) {
        return isNone(currency) || isNone(other) || currency.equals(other);
    }

    public static boolean isNone(String text) {
        return text == null || text.isEmpty();
    }
}
