package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides by sets of ids and whole prices, as slowly as the words say it, what repeats a slate. */
final class Repeats {
    private Repeats() {}

    /**
     * Whether a bundle holds all of one above, or nothing that those above do not, or shares at least half of its list
     * price with one of them.
     */
    static boolean of(BundleEntry bundle, List<BundleEntry> above, CatalogIndex index) {
        Set<String> shown = new HashSet<>();
        for (BundleEntry other : above) {
            Set<String> items = items(other);
            shown.addAll(items);
            if (items(bundle).containsAll(items) || 2 * cost(bundle, items, index) >= whole(bundle, index)) {
                return true;
            }
        }
        return shown.containsAll(items(bundle));
    }

    private static Set<String> items(BundleEntry bundle) {
        return bundle.bundle().members().stream().map(BundleMember::itemId).collect(Collectors.toSet());
    }

    /** What all members cost; beyond any sum where that is not known. */
    private static double whole(BundleEntry bundle, CatalogIndex index) {
        double sum = cost(bundle, items(bundle), index);
        return sum > 0 ? sum : Double.POSITIVE_INFINITY;
    }

    private static double cost(BundleEntry bundle, Set<String> wanted, CatalogIndex index) {
        double sum = 0;
        for (BundleMember member : bundle.bundle().members()) {
            Item item = index.item(member.itemId());
            if (item == null || !item.priced()) {
                return Double.NaN;
            }
            sum += wanted.contains(member.itemId()) ? (double) item.priceMinor() * member.quantity() : 0;
        }
        return sum;
    }
}
