package dev.kombo.research.data;

import dev.kombo.table.FileLayout;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Titles and categories of the items of BundleRec. */
public final class BundleRecCatalog {
    private static final FileLayout TITLES = FileLayout.withHeader("bundlerec titles", BundleRecData.ITEM, "titles");
    private static final FileLayout CATEGORIES =
            FileLayout.withHeader("bundlerec categories", BundleRecData.ITEM, "categories");

    private static final Pattern BETWEEN_PATHS = Pattern.compile("],[", Pattern.LITERAL);
    private static final Pattern BETWEEN_LEVELS = Pattern.compile(",(?! )");

    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, List<List<String>>> categories = new HashMap<>();

    private BundleRecCatalog() {}

    /**
     * Reads {@code item_titles.csv} and {@code item_categories.csv} if the folder has them.
     *
     * @param leftOut counts unusable rows, by name of the file and reason
     */
    static BundleRecCatalog read(DataSetFolder folder, SortedMap<String, Long> leftOut) throws IOException {
        BundleRecCatalog catalog = new BundleRecCatalog();
        folder.readIfPresent(
                "item_titles.csv",
                TITLES,
                leftOut,
                row -> catalog.titles.put(row.key(BundleRecData.ITEM), row.text("titles")));
        folder.readIfPresent(
                "item_categories.csv",
                CATEGORIES,
                leftOut,
                row -> catalog.categories.put(row.key(BundleRecData.ITEM), paths(row)));
        return catalog;
    }

    /** Returns the title of an item; empty if it has none. */
    public String title(String itemId) {
        return titles.getOrDefault(itemId, "");
    }

    /**
     * Returns the categories of an item: paths from the broadest to the narrowest, at least one level each; empty if
     * unknown.
     */
    public List<List<String>> categories(String itemId) {
        return categories.getOrDefault(itemId, List.of());
    }

    /**
     * Parses paths as the file writes them, {@code [[A,B, C & D],[E]]}, without quotes: a comma before a space is part
     * of a name. An item without categories has {@code [[]]}.
     */
    private static List<List<String>> paths(Row row) {
        String text = row.text("categories");
        if (!text.startsWith("[[") || !text.endsWith("]]") || text.length() < "[[]]".length()) {
            throw RejectedRowException.unparsable(
                    "categories", "expected paths such as [[A,B],[C]], found " + Row.shown(text));
        }
        return BETWEEN_PATHS
                .splitAsStream(text.substring(2, text.length() - 2))
                .map(BundleRecCatalog::levels)
                .filter(levels -> !levels.isEmpty())
                .toList();
    }

    private static List<String> levels(String path) {
        return BETWEEN_LEVELS
                .splitAsStream(path)
                .filter(level -> !level.isBlank())
                .toList();
    }
}
