package dev.kombo.attribution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Validation shared by purchases and returns. */
public final class LineChecks {
    private LineChecks() {}

    static void check(@Nullable String itemId, @Nullable String bundleId, int quantity, long unitPriceMinor) {
        if ((itemId == null) == (bundleId == null)) {
            throw new IllegalArgumentException("a line names an item or a bundle, and not both");
        }
        if (quantity < 1 || unitPriceMinor < 0 || unitPriceMinor > Long.MAX_VALUE / quantity) {
            throw new IllegalArgumentException("quantity or price out of range: " + quantity + " at " + unitPriceMinor);
        }
    }

    /** Whether two currencies match; an unknown one, where there is no price, matches any. */
    static boolean fits(@Nullable String currency, @Nullable String other) {
        return isNone(currency) || isNone(other) || Objects.equals(currency, other);
    }

    public static boolean isNone(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
