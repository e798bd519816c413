package dev.kombo.lab.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The items of BundleRec: titles and categories. */
public final class BundleRecCatalog {
    private static final TableFile TITLES = TableFile.withHeader("bundlerec titles", "item ID", "titles");
    private static final TableFile CATEGORIES = TableFile.withHeader("bundlerec categories", "item ID", "categories");

    private static final Pattern BETWEEN_PATHS = Pattern.compile("],[", Pattern.LITERAL);
    private static final Pattern BETWEEN_LEVELS = Pattern.compile(",(?! )");

    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, List<List<String>>> categories = new HashMap<>();

    private BundleRecCatalog() {}

    /**
     * Reads the files, plain or gzip.
     *
     * @param titleFile {@code item_titles.csv}, or null
     * @param categoryFile {@code item_categories.csv}, or null
     * @throws ReplayException naming file and line of a row that is not of the layout
     */
    public static BundleRecCatalog read(Path titleFile, Path categoryFile) throws IOException {
        BundleRecCatalog catalog = new BundleRecCatalog();
        if (titleFile != null) {
            TITLES.read(titleFile, row -> catalog.titles.put(row.key("item ID"), row.text("titles")));
        }
        if (categoryFile != null) {
            CATEGORIES.read(categoryFile, row -> catalog.categories.put(row.key("item ID"), paths(row)));
        }
        return catalog;
    }

    /** Title of an item; empty where it has none. */
    public String title(String itemId) {
        return titles.getOrDefault(itemId, "");
    }

    /** Categories of an item: paths from the broadest to the narrowest, at least one level each; empty where unknown. */
    public List<List<String>> categories(String itemId) {
        return categories.getOrDefault(itemId, List.of());
    }

    /** What a replay tells of an item: its category is the narrowest of the first path. */
    ItemDescription describe(String itemId) {
        List<List<String>> paths = categories(itemId);
        String category = paths.isEmpty() ? null : paths.get(0).get(paths.get(0).size() - 1);
        return new ItemDescription(title(itemId), category);
    }

    /**
     * Paths as the file writes them, {@code [[A,B, C & D],[E]]}, without quotes: a comma before a space is part of a name.
     */
    private static List<List<String>> paths(Fields row) {
        String text = row.text("categories");
        if (!text.startsWith("[[") || !text.endsWith("]]") || text.length() < "[[?]]".length()) {
            throw RejectedRowException.unparsable(
                    "categories", "expected paths such as [[A,B],[C]], found " + Fields.shown(text));
        }
        return BETWEEN_PATHS
                .splitAsStream(text.substring(2, text.length() - 2))
                .map(path -> BETWEEN_LEVELS.splitAsStream(path).toList())
                .toList();
    }
}
