package dev.kombo.catalog;

import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.entity.Item;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Checks values of items and bundles that earlier versions accepted unchecked. An entry that fails is refused from
 * people and imports, but used where the catalogue's topics have it, its margin and times at the nearest limit.
 */
final class NewEntryChecks {
    /** Least stock: shops that sell more than they have count below 0. */
    private static final long LEAST_STOCK = -1_000_000_000L;

    private static final long LARGEST_STOCK = 1_000_000_000_000_000L;

    /** 9999-12-31, the last day that dates of four digits have. */
    private static final long LATEST = 253_402_300_799_999L;

    private static final int MOST_SEGMENTS = 1_000;

    private final long maxPriceMinor;

    /** @param maxPriceMinor largest margin, and largest loss, in minor units */
    NewEntryChecks(long maxPriceMinor) {
        this.maxPriceMinor = maxPriceMinor;
    }

    @Nullable
    Problem problem(Item item) {
        return CatalogRules.first(
                margin(item.marginMinor()),
                stock(item.stock()),
                time("updatedAt", item.updatedAt()),
                segments(item.suitability().segments()));
    }

    @Nullable
    Problem problem(Bundle bundle) {
        return CatalogRules.first(
                margin(bundle.marginMinor()),
                stock(bundle.stock()),
                time("createdAt", bundle.createdAt()),
                bundle.stopped() ? time("stoppedAt", bundle.stoppedAt()) : null,
                bundle.validFrom() < bundle.validUntil()
                        ? null
                        : new Problem(
                                "validFrom",
                                "is " + bundle.validFrom() + ", a time before validUntil, " + bundle.validUntil()
                                        + ", is expected"),
                segments(bundle.segments()));
    }

    private @Nullable Problem margin(long marginMinor) {
        return CatalogRules.range("marginMinor", marginMinor, -maxPriceMinor, maxPriceMinor);
    }

    private static @Nullable Problem stock(long stock) {
        return stock == Item.UNLIMITED ? null : CatalogRules.range("stock", stock, LEAST_STOCK, LARGEST_STOCK);
    }

    private static @Nullable Problem time(String field, long time) {
        return CatalogRules.range(field, time, 0, LATEST);
    }

    private static @Nullable Problem segments(Collection<String> segments) {
        return CatalogRules.first(
                CatalogRules.size("segments", segments, MOST_SEGMENTS),
                segments.stream()
                        .map(segment -> CatalogRules.length("segments", segment, CatalogRules.MAX_ATTRIBUTE))
                        .filter(problem -> problem != null)
                        .findFirst()
                        .orElse(null));
    }

    /** Returns the item with margin and time at the nearest limit. */
    Item clamped(Item item) {
        long margin = clamped(item.marginMinor(), -maxPriceMinor, maxPriceMinor);
        long updatedAt = clamped(item.updatedAt(), 0, LATEST);
        return margin == item.marginMinor() && updatedAt == item.updatedAt() ? item : item.with(margin, updatedAt);
    }

    /** Returns the bundle with margin and time at the nearest limit. */
    Bundle clamped(Bundle bundle) {
        long margin = clamped(bundle.marginMinor(), -maxPriceMinor, maxPriceMinor);
        long createdAt = clamped(bundle.createdAt(), 0, LATEST);
        return margin == bundle.marginMinor() && createdAt == bundle.createdAt()
                ? bundle
                : bundle.with(margin, createdAt);
    }

    private static long clamped(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }
}
