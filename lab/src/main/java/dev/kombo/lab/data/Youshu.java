package dev.kombo.lab.data;

import dev.kombo.lab.data.EventRow.TitleAndCategory;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the public data set Youshu in the layout of CrossCBR as purchases: pairs of user and bundle, with {@code
 * user_item.txt} (pairs of user and item) and {@code bundle_item.txt} (members of the bundles) beside it, each plain or
 * gzip; tab-separated numbers without a header.
 *
 * <p>Each pair is a PURCHASE of the bundle or the item, without a price: the files say only that a user took it. Both
 * files are replayed as one, shuffled with a fixed seed, as they have no times: the first row gets the start of 2018,
 * each next row one second more. Line numbers of {@code user_item.txt} continue those of the file of bundles. The
 * catalogue of {@code bundle_item.txt} is published first, with nominal prices (see {@link FileCatalog}).
 *
 * <p>There are no rules beyond those of {@link EventFileFormat}; duplicates are found only within a file.
 */
public final class Youshu implements EventFileFormat {
    /** Name of the format and of the data set. */
    public static final String NAME = "youshu";

    public static final String USER = "user";

    public static final String BUNDLE = "bundle";

    public static final String ITEM = "item";

    /** File of the users' items. */
    public static final String USER_ITEM = "user_item.txt";

    /** File of the bundles' members. */
    public static final String BUNDLE_ITEM = "bundle_item.txt";

    /** Seed of the shuffle. */
    static final long SEED = 1;

    static final long START = Instant.parse("2018-01-01T00:00:00Z").toEpochMilli();
    static final long STEP_MILLIS = 1000;

    /** Layout of a file of tab-separated numbers. */
    public static FileLayout numbers(String... columns) {
        return FileLayout.withoutHeader(NAME, '\t', columns);
    }

    @Override
    public EventRows open(Path file) throws IOException {
        Map<String, Path> beside = DataSetFolder.around(file, NAME).require(USER_ITEM, BUNDLE_ITEM);
        FileCatalog catalog = FileCatalog.unpriced(
                numbers(BUNDLE, ITEM),
                beside.get(BUNDLE_ITEM),
                BUNDLE,
                ITEM,
                id -> TitleAndCategory.NONE,
                START,
                new TreeMap<>());
        return new JoinedFiles(file, catalog)
                .add(file, numbers(USER, BUNDLE), new PairMapper(BUNDLE))
                .add(beside.get(USER_ITEM), numbers(USER, ITEM), new PairMapper(ITEM))
                .shuffled(SEED)
                .spaced(START, STEP_MILLIS);
    }

    private record PairMapper(String taken) implements RowMapper {
        @Override
        public long eventTime(Row row) {
            return 0;
        }

        @Override
        public TitleAndCategory fill(BehaviorEvent event, Row row) {
            event.setType(EventType.PURCHASE);
            event.setUserId(number(row, USER));
            String target = number(row, taken);
            event.setBundleId(taken.equals(BUNDLE) ? target : null);
            event.setItemId(taken.equals(ITEM) ? target : null);
            return TitleAndCategory.NONE;
        }

        private static String number(Row row, String column) {
            return Integer.toString(row.index(column, Integer.MAX_VALUE));
        }
    }
}
