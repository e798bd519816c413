package dev.kombo.lab.data;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * BundleRec (Sun et al., SIGIR 2022): {@code user_item.csv}, items that users of Amazon bought, with {@code user_bundle.csv}
 * (which of a user's items people who looked at the session called a bundle) and {@code bundle_item.csv} (the bundles'
 * members) beside it, and {@code item_titles.csv} and {@code item_categories.csv} where they are there; each plain or gzip,
 * comma-separated with a header.
 *
 * <p>Both kinds of rows are PURCHASE events without a price. That a bundle was bought was inferred from its items: such an
 * event is marked {@code derived=true}. Stamps are seconds and name a day; a user's items of one stamp are one order.
 * Items are replayed before bundles of the same stamp. Lines of {@code user_bundle.csv} are numbered on from those of
 * {@code user_item.csv}. The catalogue is published first, with nominal prices (see {@link FileCatalog}).
 *
 * <p>There are no rules beside the checks of {@link EventFormat}; an item that is in two bundles of a user stands in the
 * file twice, and is a {@code duplicate-row} the second time.
 */
public final class BundleRec implements EventFormat {
    /** Name of the format and of the data set. */
    public static final String NAME = "bundlerec";

    /** Column of users. */
    public static final String USER = "user ID";

    /** Column of bundles. */
    public static final String BUNDLE = "bundle ID";

    /** Column of items. */
    public static final String ITEM = "item ID";

    /** File of the users' bundles. */
    public static final String USER_BUNDLE = "user_bundle.csv";

    /** File of the bundles' members. */
    public static final String BUNDLE_ITEM = "bundle_item.csv";

    private static final String TIME = "timestamp";
    private static final TimeFormat TIMES = TimeFormat.epochSeconds();

    /** A file that ties the things of two columns. */
    public static Layout pairs(String first, String second) {
        return Layout.withHeader(NAME, first, second);
    }

    /** A file that ties the things of two columns at a time. */
    public static Layout timedPairs(String first, String second) {
        return Layout.withHeader(NAME, first, second, TIME);
    }

    /** Epoch milliseconds of a row of a file with times. */
    public static long time(Row row) {
        return TIMES.epochMillis(row, TIME);
    }

    @Override
    public EventRows open(Path file) throws IOException {
        DataSetFolder folder = DataSetFolder.around(file, NAME);
        Map<String, Path> beside = folder.require(USER_BUNDLE, BUNDLE_ITEM);
        BundleRecCatalog described = BundleRecCatalog.read(folder);
        FileCatalog catalog = FileCatalog.unpriced(
                pairs(BUNDLE, ITEM), beside.get(BUNDLE_ITEM), BUNDLE, ITEM, described::describe, 0);
        return new JoinedFiles(file, catalog.andLeftOut(described.leftOut()))
                .add(file, timedPairs(USER, ITEM), new PurchaseMapper(ITEM, described))
                .add(beside.get(USER_BUNDLE), timedPairs(USER, BUNDLE), new PurchaseMapper(BUNDLE, described))
                .byTime();
    }

    /** What a user took at a time: items, or bundles. */
    private record PurchaseMapper(String taken, BundleRecCatalog catalog) implements RowMapper {
        @Override
        public long eventTime(Row row) {
            return time(row);
        }

        @Override
        public ItemDescription fill(BehaviorEvent event, Row row) {
            event.setType(EventType.PURCHASE);
            event.setUserId(row.key(USER));
            if (taken.equals(BUNDLE)) {
                event.setBundleId(row.key(BUNDLE));
                event.setAttributes(Map.of("derived", "true"));
                return ItemDescription.NONE;
            }
            event.setItemId(row.key(ITEM));
            event.setOrderId(event.getUserId() + '-' + row.key(TIME));
            return catalog.describe(event.getItemId());
        }
    }
}
