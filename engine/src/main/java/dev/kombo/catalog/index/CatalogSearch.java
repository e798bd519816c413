package dev.kombo.catalog.index;

import dev.kombo.entity.Item;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds items and bundles by a part of their id or title, ordered by id. Scans everything: meant for people, not for
 * the path of an event.
 */
public final class CatalogSearch {
    private final CatalogIndex index;
    private final Pattern words;
    private final String after;
    private final int most;

    /**
     * @param words part of an id or title, in any case; empty: all
     * @param after only those with greater ids
     * @param most entries
     */
    public CatalogSearch(CatalogIndex index, String words, String after, int most) {
        this.index = index;
        this.words = Pattern.compile(Pattern.quote(words), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        this.after = after;
        this.most = most;
    }

    /** The items that match. */
    public List<Item> items() {
        return first(
                index.itemCount(),
                ordinal -> index.itemAt(ordinal).item(),
                Item::id,
                item -> fits(item.id(), item.title()));
    }

    /** The bundles that match and satisfy the predicate. */
    public List<BundleEntry> bundles(Predicate<BundleEntry> wanted) {
        return first(
                index.bundleCount(),
                index::bundle,
                entry -> entry.bundle().id(),
                entry -> fits(entry.bundle().id(), entry.bundle().title()) && wanted.test(entry));
    }

    private boolean fits(String id, String title) {
        return words.matcher(id).find() || words.matcher(title).find();
    }

    private <T> List<T> first(int count, IntFunction<T> at, Function<T, String> idOf, Predicate<T> wanted) {
        TreeMap<String, T> found = new TreeMap<>();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            T one = at.apply(ordinal);
            String id = one == null ? "" : idOf.apply(one);
            boolean later = found.size() == most && id.compareTo(found.lastKey()) >= 0;
            if (!later && id.compareTo(after) > 0 && wanted.test(one)) {
                found.put(id, one);
                if (found.size() > most) {
                    found.pollLastEntry();
                }
            }
        }
        return List.copyOf(found.values());
    }
}
