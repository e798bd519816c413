package dev.kombo.lab.data;

import dev.kombo.lab.data.EventRow.TitleAndCategory;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import dev.kombo.table.TimeFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the public data set BundleRec (Sun et al., SIGIR 2022) as purchases: {@code user_item.csv}, items that users of
 * Amazon bought, with {@code user_bundle.csv} (which of a user's items the annotators of the session called a bundle)
 * and {@code bundle_item.csv} (members of the bundles) beside it, and, if present, {@code item_titles.csv} and {@code
 * item_categories.csv}; each plain or gzip, comma-separated with a header.
 *
 * <p>Rows of both kinds are PURCHASE events without a price. That a bundle was bought is inferred from its items: such
 * an event is marked {@code derived=true}. Time stamps are seconds and denote a day; a user's items with the same stamp
 * are one order. Items are replayed before bundles of the same stamp. Line numbers of {@code user_bundle.csv} continue
 * those of {@code user_item.csv}. The catalogue is published first, with nominal prices (see {@link FileCatalog}).
 *
 * <p>There are no rules beyond those of {@link EventFileFormat}; an item in two bundles of a user occurs twice in the
 * file, and is a {@code duplicate-row} the second time.
 */
public final class BundleRec implements EventFileFormat {
    /** Name of the format and of the data set. */
    public static final String NAME = "bundlerec";

    public static final String USER = "user ID";

    public static final String BUNDLE = "bundle ID";

    public static final String ITEM = "item ID";

    /** File of the users' bundles. */
    public static final String USER_BUNDLE = "user_bundle.csv";

    /** File of the bundles' members. */
    public static final String BUNDLE_ITEM = "bundle_item.csv";

    private static final String TIME = "timestamp";
    private static final TimeFormat TIMES = TimeFormat.epochSeconds();

    /** Layout of a file with pairs of two columns. */
    public static FileLayout pairs(String first, String second) {
        return FileLayout.withHeader(NAME, first, second);
    }

    /** Layout of a file with pairs of two columns and a time. */
    public static FileLayout timedPairs(String first, String second) {
        return FileLayout.withHeader(NAME, first, second, TIME);
    }

    /** Returns the epoch milliseconds of a row of a file with times. */
    public static long time(Row row) {
        return TIMES.epochMillis(row, TIME);
    }

    @Override
    public EventRows open(Path file) throws IOException {
        DataSetFolder folder = DataSetFolder.around(file, NAME);
        Map<String, Path> beside = folder.require(USER_BUNDLE, BUNDLE_ITEM);
        SortedMap<String, Long> leftOut = new TreeMap<>();
        BundleRecCatalog described = BundleRecCatalog.read(folder, leftOut);
        FileCatalog catalog = FileCatalog.unpriced(
                pairs(BUNDLE, ITEM), beside.get(BUNDLE_ITEM), BUNDLE, ITEM, described::describe, 0, leftOut);
        return new JoinedFiles(file, catalog)
                .add(file, timedPairs(USER, ITEM), new PurchaseMapper(ITEM, described))
                .add(beside.get(USER_BUNDLE), timedPairs(USER, BUNDLE), new PurchaseMapper(BUNDLE, described))
                .byTime();
    }

    /** Maps a user's purchase of an item or a bundle. */
    private record PurchaseMapper(String taken, BundleRecCatalog catalog) implements RowMapper {
        @Override
        public long eventTime(Row row) {
            return time(row);
        }

        @Override
        public TitleAndCategory fill(BehaviorEvent event, Row row) {
            event.setType(EventType.PURCHASE);
            event.setUserId(row.key(USER));
            if (taken.equals(BUNDLE)) {
                event.setBundleId(row.key(BUNDLE));
                event.setAttributes(Map.of("derived", "true"));
                return TitleAndCategory.NONE;
            }
            event.setItemId(row.key(ITEM));
            event.setOrderId(event.getUserId() + '-' + row.key(TIME));
            return catalog.describe(event.getItemId());
        }
    }
}
